namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>Reads command lines that start or stop a daemon: start-stop-daemon(8), and LSB's and Red Hat's shell functions.</summary>
internal sealed class DaemonOptions(ScriptExpansion expansion, int line)
{
    private static readonly Dictionary<string, string> s_long = new()
    {
        ["start"] = "S", ["stop"] = "K", ["status"] = "T", ["test"] = "t", ["exec"] = "x", ["startas"] = "a", ["name"] = "n", ["pidfile"] = "p", ["pid"] = "pid", ["ppid"] = "ppid",
        ["chuid"] = "c", ["user"] = "u", ["group"] = "g", ["nicelevel"] = "N", ["chdir"] = "d", ["chroot"] = "r", ["procsched"] = "P", ["iosched"] = "I", ["umask"] = "k",
        ["background"] = "b", ["make-pidfile"] = "m", ["quiet"] = "q", ["oknodo"] = "o", ["verbose"] = "v", ["signal"] = "s", ["retry"] = "R", ["remove-pidfile"] = "rm",
        ["no-close"] = "C", ["output"] = "O", ["notify-await"] = "na", ["notify-timeout"] = "nt",
    };

    private static readonly string[] s_withValue = ["x", "a", "n", "p", "pid", "ppid", "c", "u", "g", "N", "d", "r", "P", "I", "k", "s", "R", "O", "nt"];

    /// <param name="words">After the command's name.</param>
    /// <param name="stops">--stop was said.</param>
    public DaemonStart StartStopDaemon(IReadOnlyList<ScriptField> words, out bool stops)
    {
        var daemon = new DaemonStart();
        bool starts = false, ends = false;
        ScriptField? startAs = null, exec = null;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i].Text;
            if (word == "--")
            {
                daemon.Arguments.AddRange(words.Skip(i + 1));
                break;
            }
            foreach ((string option, ScriptField? value) in Options(words, ref i))
            {
                switch (option)
                {
                    case "S": starts = true; break;
                    case "K": ends = true; break;
                    case "T": daemon.OnlyStatus = true; break;
                    case "t": daemon.OnlyTests = true; break;
                    case "x": exec = value; break;
                    case "a": startAs = value; break;
                    case "p": daemon.PidFile = Now(value); break;
                    case "m": daemon.MakesPidFile = true; break;
                    case "c": Owner(daemon, Now(value)); break;
                    case "g": daemon.Group = Now(value); break;
                    case "N": daemon.Nice = Now(value); break;
                    case "d": daemon.Directory = Now(value); break;
                    case "r": daemon.Root = Now(value); break;
                    case "P": daemon.Scheduler = Now(value); break;
                    case "I": daemon.IoScheduler = Now(value); break;
                    case "k": daemon.UMask = Now(value); break;
                    case "b": daemon.InBackground = true; break;
                    case "na": daemon.Notifies = true; break;
                    case "s": daemon.Signal = Now(value); break;
                    case "R": daemon.Retry = Now(value); break;
                    case "n" or "u" or "pid" or "ppid" or "q" or "o" or "v" or "rm" or "C" or "nt": break;
                    default: throw new NotReadable(line, $"start-stop-daemon {word} has no word in a unit");
                }
            }
        }
        daemon.Program = startAs ?? exec;
        stops = ends;
        if (starts == ends && !daemon.OnlyStatus) { throw new NotReadable(line, "a start-stop-daemon that says neither --start nor --stop"); }
        return daemon;
    }

    /// <summary>LSB's start_daemon and Red Hat's daemon.</summary>
    public DaemonStart Function(IReadOnlyList<ScriptField> words)
    {
        var daemon = new DaemonStart();
        int i = 0;
        for (; i < words.Count; i++)
        {
            string word = words[i].Text;
            if (word is "-f" or "--force") { continue; }
            if (word is "-n" or "-p" or "-c" or "--pidfile" or "--user" or "--check" or "-u" && i + 1 < words.Count) { Option(daemon, word, Now(words[++i])); }
            else if (word.StartsWith("--", StringComparison.Ordinal) && word.Contains('=', StringComparison.Ordinal)) { Option(daemon, word[..word.IndexOf('=', StringComparison.Ordinal)], Now(new ScriptField(word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..], false))); }
            else if (word.Length > 1 && word[0] is '+' or '-' && word[1..].All(char.IsAsciiDigit)) { daemon.Nice = word.TrimStart('+'); }
            else if (word.StartsWith('-')) { throw new NotReadable(line, $"{word} of the function that starts the daemon"); }
            else { break; }
        }
        if (i >= words.Count) { throw new NotReadable(line, "the function that starts the daemon is given none"); }
        daemon.Program = words[i];
        daemon.Arguments.AddRange(words.Skip(i + 1));
        return daemon;
    }

    private void Option(DaemonStart daemon, string name, string value)
    {
        switch (name)
        {
            case "-p" or "--pidfile": daemon.PidFile = value; break;
            case "-n": daemon.Nice = value; break;
            case "--user" or "-u": Owner(daemon, value); break;
            case "--check" or "-c": break;
            default: throw new NotReadable(line, $"{name} of the function that starts the daemon");
        }
    }

    private IEnumerable<(string Option, ScriptField? Value)> Options(IReadOnlyList<ScriptField> words, ref int i)
    {
        var found = new List<(string, ScriptField?)>();
        string word = words[i].Text;
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word[2..] : word[2..equals];
            string[] fit = [.. s_long.Keys.Where(k => k == name)];
            if (fit.Length == 0) { fit = [.. s_long.Keys.Where(k => k.StartsWith(name, StringComparison.Ordinal) && name.Length > 2)]; }
            if (fit.Length != 1) { throw new NotReadable(line, $"start-stop-daemon {word} is not known"); }
            string option = s_long[fit[0]];
            if (!s_withValue.Contains(option)) { found.Add((option, null)); }
            else if (equals >= 0) { found.Add((option, new ScriptField(word[(equals + 1)..], false))); }
            else { found.Add((option, Next(words, ref i))); }
            return found;
        }
        if (!word.StartsWith('-') || word.Length < 2) { throw new NotReadable(line, $"\"{word}\" as an argument of start-stop-daemon"); }
        for (int c = 1; c < word.Length; c++)
        {
            string option = word[c].ToString();
            if (!s_withValue.Contains(option))
            {
                found.Add((option, null));
                continue;
            }
            found.Add((option, c + 1 < word.Length ? new ScriptField(word[(c + 1)..], false) : Next(words, ref i)));
            break;
        }
        return found;
    }

    private ScriptField Next(IReadOnlyList<ScriptField> words, ref int i)
        => i + 1 < words.Count ? words[++i] : throw new NotReadable(line, $"{words[i].Text} without its value");

    private string Now(ScriptField? field)
        => field is { } f && expansion.Now(f.Text) is { } now ? now : throw new NotReadable(line, "an option that only a run of the script would know");

    private static void Owner(DaemonStart daemon, string text)
    {
        string[] parts = text.Split([':', '.'], 2);
        daemon.User = parts[0];
        if (parts.Length == 2) { daemon.Group = parts[1]; }
    }
}
