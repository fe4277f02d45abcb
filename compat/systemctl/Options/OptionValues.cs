using System.Globalization;
using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Systemctl;

/// <summary>The arguments of options. Each returns null when it was taken, else the exit code: "help" is answered here, nonsense refused.</summary>
internal static class OptionValues
{
    private static readonly string[] s_outputs =
    [
        "short", "short-full", "short-iso", "short-iso-precise", "short-precise", "short-monotonic", "short-delta", "short-unix", "verbose", "export",
        "json", "json-pretty", "json-sse", "json-seq", "cat", "with-unit",
    ];

    private static readonly string[] s_presetModes = ["full", "enable-only", "disable-only"];
    private static readonly string[] s_timestamps = ["pretty", "us", "utc", "us+utc", "unix"];
    private static readonly string[] s_directories = ["runtime", "state", "cache", "logs", "configuration"];

    public static int? Type(Settings s, string argument)
    {
        if (argument.Length == 0) { return Log.Error("--type= requires arguments."); }
        foreach (string word in argument.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "help") { return StateWords.ListTypes(); }
            if (StateWords.Types.Contains(word)) { s.Types.Add(word); }
            else if (StateWords.Load.Contains(word)) { s.States.Add(word); }
            else
            {
                _ = Log.Error($"Unknown unit type or load state '{word}'.");
                Log.Info("Use -t help to see a list of allowed values.");
                return 1;
            }
        }
        return null;
    }

    public static int? Properties(Settings s, string argument)
    {
        s.Properties ??= [];
        s.Properties.AddRange(argument.Split(',', StringSplitOptions.RemoveEmptyEntries));
        return null;
    }

    public static int? State(Settings s, string argument)
    {
        if (argument.Length == 0) { return Log.Error("--state= requires arguments."); }
        foreach (string word in argument.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "help") { return StateWords.ListStates(); }
            s.States.Add(word);
        }
        return null;
    }

    public static int? What(Settings s, string argument)
    {
        if (argument.Length == 0) { return Log.Error("--what= requires arguments."); }
        foreach (string word in argument.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "help") { return List(s_directories); }
            s.What.Add(word);
        }
        return null;
    }

    public static int? CheckInhibitors(Settings s, string argument)
    {
        if (argument == "auto") { s.CheckInhibitors = null; }
        else if (BooleanWord.TryParse(argument, out bool check)) { s.CheckInhibitors = check; }
        else { return Log.Error($"Failed to parse --check-inhibitors= argument: {argument}"); }
        return null;
    }

    public static int? Legend(Settings s, string argument)
    {
        if (!BooleanWord.TryParse(argument, out bool legend)) { return Log.Error($"Failed to parse boolean argument to --legend: {argument}."); }
        s.NoLegend = !legend;
        return null;
    }

    /// <summary>A file name; ".conf" is added to one without it.</summary>
    public static int? DropIn(Settings s, string argument)
    {
        if (argument.Length == 0)
        {
            s.DropIn = "override.conf";
            return null;
        }
        string name = argument.EndsWith(".conf", StringComparison.Ordinal) ? argument : argument + ".conf";
        if (name.Contains('/', StringComparison.Ordinal) || name.Length > 255 || name == ".conf") { return Log.Error($"Invalid drop-in file name: {argument}"); }
        s.DropIn = name;
        return null;
    }

    /// <summary>A directory as given by people: relative to where they are.</summary>
    public static int? Root(string argument, Action<string> take)
    {
        string path = argument.TrimEnd('/');
        take(path.Length == 0 ? argument : Path.GetFullPath(path));
        return null;
    }

    public static int? Signal(Settings s, string argument)
    {
        if (argument == "help")
        {
            return List(["0", .. Enumerable.Range(1, SignalText.Max).Select(SignalText.Name)]);
        }
        if (!SignalText.TryParse(Encoding.UTF8.GetBytes(argument), out int signal)) { return Log.Error($"Failed to parse signal string \"{argument}\"."); }
        s.Signal = signal;
        return null;
    }

    public static int? KillValue(Settings s, string argument)
    {
        s.KillValue = null;
        if (argument.Length == 0) { return null; }
        if (!TryInt(argument, out int value)) { return Log.Error($"Unable to parse signal queue value: {argument}"); }
        s.KillValue = value;
        return null;
    }

    public static int? When(Settings s, string argument)
    {
        s.When = null;
        s.Scheduled = argument switch { "show" => ScheduleQuestion.Show, "" or "cancel" => ScheduleQuestion.Cancel, _ => ScheduleQuestion.None };
        if (s.Scheduled != ScheduleQuestion.None) { return null; }
        if (argument == "auto")
        {
            s.When = ulong.MaxValue;   // logind's own maintenance time
            return null;
        }
        if (!TimestampText.TryParse(Encoding.UTF8.GetBytes(argument), new Usec(TimeWords.Now(LibC.CLOCK_REALTIME)), out Usec when))
        {
            return Log.Error($"Failed to parse --when= argument '{argument}': Invalid argument");
        }
        s.When = when.Value;
        return null;
    }

    /// <summary>As strtol(3) reads: a sign, 0x and 0 in front.</summary>
    private static bool TryInt(string text, out int value)
    {
        value = 0;
        bool isNegative = text.StartsWith('-');
        string digits = isNegative || text.StartsWith('+') ? text[1..] : text;
        bool isHex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase), isOctal = !isHex && digits.Length > 1 && digits[0] == '0';
        long number = 0;
        if (isHex && !long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)) { return false; }
        if (isOctal && (digits.Length > 12 || digits.Any(c => c is < '0' or > '7'))) { return false; }
        if (isOctal) { number = Convert.ToInt64(digits, 8); }
        if (!isHex && !isOctal && !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number)) { return false; }
        number = isNegative ? -number : number;
        if (number is < int.MinValue or > int.MaxValue) { return false; }
        value = (int)number;
        return true;
    }

    public static int? Lines(Settings s, string argument)
    {
        if (!uint.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out uint lines) || lines > int.MaxValue)
        {
            return Log.Error($"Failed to parse lines '{argument}'");
        }
        s.Lines = (int)lines;
        return null;
    }

    public static int? Output(Settings s, string argument)
    {
        if (argument == "help") { return List(s_outputs); }
        if (!s_outputs.Contains(argument)) { return Log.Error($"Unknown output '{argument}'."); }
        s.Output = argument;
        // What a program reads has no headings.
        if (s.IsJson) { s.NoLegend = s.Plain = true; }
        return null;
    }

    public static int? PresetMode(Settings s, string argument)
    {
        if (argument == "help") { return List(s_presetModes); }
        int mode = Array.IndexOf(s_presetModes, argument);
        if (mode < 0) { return Log.Error($"Failed to parse preset mode: {argument}."); }
        s.PresetMode = (PresetMode)mode;
        return null;
    }

    public static int? Timestamp(Settings s, string argument)
    {
        TimestampStyle? style = argument switch
        {
            "help" => null,
            "pretty" => TimestampStyle.Pretty,
            "us" or "µs" => TimestampStyle.Us,
            "utc" => TimestampStyle.Utc,
            "us+utc" or "µs+utc" => TimestampStyle.UsUtc,
            "unix" => TimestampStyle.Unix,
            _ => null,
        };
        if (style is null) { return argument == "help" ? List(s_timestamps) : Log.Error($"Invalid value: {argument}."); }
        s.Timestamp = style.Value;
        return null;
    }

    public static int? BootLoaderMenu(Settings s, string argument)
    {
        if (!TimeSpanText.TryParse(Encoding.UTF8.GetBytes(argument), out Usec time))
        {
            return Log.Error($"Failed to parse --boot-loader-menu= argument '{argument}': Invalid argument");
        }
        s.BootLoaderMenu = time.Value;
        return null;
    }

    public static int? BootLoaderEntry(Settings s, string argument)
    {
        if (argument == "help") { return LogindBoot.ListEntries(s); }
        s.BootLoaderEntry = argument;
        return null;
    }

    private static int List(IEnumerable<string> words)
    {
        foreach (string word in words) { Stdio.Line(word); }
        return 0;
    }
}
