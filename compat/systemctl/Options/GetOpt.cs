namespace SysMaster.Systemctl;

/// <summary>One option: a letter, a long name, or both.</summary>
/// <param name="Id">What <see cref="GetOpt.Next"/> returns.</param>
/// <param name="Letter">'\0' for none.</param>
/// <param name="Name">"" for none.</param>
internal readonly record struct OptionRow(int Id, char Letter, string Name, ArgumentUse Use);

internal enum ArgumentUse
{
    None,
    Required,
    Optional,
}

/// <summary>
/// getopt_long(3) in the GNU manner: options anywhere among the words, until "--"; letters together, arguments attached or apart, long names
/// shortened to what is unambiguous. Its complaints are the C library's, for scripts that match them.
/// </summary>
internal sealed class GetOpt(string program, string[] words, OptionRow[] rows)
{
    /// <summary>The words were used up.</summary>
    public const int End = -1;

    /// <summary>Something was wrong, and has been said.</summary>
    public const int Bad = '?';

    private readonly List<string> _operands = [];
    private readonly bool _stopsAtOperand = Environment.GetEnvironmentVariable("POSIXLY_CORRECT") is not null;
    private int _at;
    private int _letter;   // inside words[_at], when > 0

    /// <summary>Of the option that was returned last.</summary>
    public string? Argument { get; private set; }

    /// <summary>What is no option, in order; whole at the end.</summary>
    public string[] Operands => [.. _operands];

    public int Next()
    {
        Argument = null;
        while (_letter > 0 || _at < words.Length)
        {
            string word = words[_at];
            if (_letter > 0) { return Short(word); }
            if (word == "--" || (_stopsAtOperand && !IsOption(word)))
            {
                _operands.AddRange(words[(word == "--" ? _at + 1 : _at)..]);
                _at = words.Length;
                return End;
            }
            if (word.StartsWith("--", StringComparison.Ordinal)) { _at++; return Long(word[2..]); }
            if (IsOption(word)) { _letter = 1; continue; }
            _operands.Add(word);
            _at++;
        }
        return End;
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';

    private int Short(string word)
    {
        char letter = word[_letter++];
        string rest = word[_letter..];
        if (rest.Length == 0) { NextWord(); }
        int row = Array.FindIndex(rows, r => r.Letter == letter);
        if (row < 0 || letter == '\0') { return Complain($"invalid option -- '{letter}'"); }
        switch (rows[row].Use)
        {
            case ArgumentUse.None: break;
            case ArgumentUse.Optional:
                if (rest.Length > 0) { Argument = rest; NextWord(); }
                break;
            case ArgumentUse.Required when rest.Length > 0:
                Argument = rest;
                NextWord();
                break;
            default:
                if (_at >= words.Length) { return Complain($"option requires an argument -- '{letter}'"); }
                Argument = words[_at++];
                break;
        }
        return rows[row].Id;
    }

    private void NextWord() => (_letter, _at) = (0, _at + 1);

    private int Long(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        int found = Array.FindIndex(rows, r => r.Name == name && name.Length > 0);
        if (found < 0)
        {
            int[] like = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i].Name.Length > 0 && rows[i].Name.StartsWith(name, StringComparison.Ordinal))];
            if (like.Length == 0) { return Complain($"unrecognized option '--{word}'"); }
            // Names that mean the same are no ambiguity.
            if (like.Any(i => rows[i].Id != rows[like[0]].Id || rows[i].Use != rows[like[0]].Use))
            {
                return Complain($"option '--{word}' is ambiguous; possibilities:{string.Concat(like.Select(i => $" '--{rows[i].Name}'"))}");
            }
            found = like[0];
        }
        OptionRow row = rows[found];
        if (equals >= 0)
        {
            if (row.Use == ArgumentUse.None) { return Complain($"option '--{row.Name}' doesn't allow an argument"); }
            Argument = word[(equals + 1)..];
        }
        else if (row.Use == ArgumentUse.Required)
        {
            if (_at >= words.Length) { return Complain($"option '--{row.Name}' requires an argument"); }
            Argument = words[_at++];
        }
        return row.Id;
    }

    private int Complain(string what)
    {
        // The C library's own line, whatever the log level is.
        _ = Linux.Sys.WriteAll(new Linux.Fd(2), System.Text.Encoding.UTF8.GetBytes($"{program}: {what}\n"));
        return Bad;
    }
}
