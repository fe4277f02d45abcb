namespace SysMaster.UnitFiles;

/// <summary>Signals by name or number: "SIGTERM", "TERM", "15", "RTMIN+3", "RTMAX-1". Numbers are the same on x86-64 and arm64.</summary>
public static class SignalText
{
    public const int Min = 1;
    public const int Max = 64;

    /// <summary>As glibc has it: the kernel's 32 and 33 are taken.</summary>
    public const int RtMin = 34;
    public const int RtMax = 64;

    private static readonly string[] s_names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    public static bool TryParse(ReadOnlySpan<byte> text, out int signal)
    {
        if (NumberText.TryParse(text, out signal)) { return signal is >= Min and <= Max; }
        if (text.StartsWith("SIG"u8)) { text = text[3..]; }
        for (int i = 1; i < s_names.Length; i++)
        {
            if (System.Text.Ascii.Equals(text, s_names[i]))
            {
                signal = i;
                return true;
            }
        }
        return TryRealTime(text, out signal);
    }

    /// <summary>"TERM", "RTMIN+3"; the number where there is no name.</summary>
    public static string Name(int signal) => signal switch
    {
        > 0 and < 32 => s_names[signal],
        >= RtMin and <= RtMax => $"RTMIN+{signal - RtMin}",
        _ => signal.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>"SIGTERM"</summary>
    public static string FullName(int signal) => signal is > 0 and < 32 or >= RtMin and <= RtMax ? "SIG" + Name(signal) : Name(signal);

    private static bool TryRealTime(ReadOnlySpan<byte> text, out int signal)
    {
        signal = 0;
        bool fromMin = text.StartsWith("RTMIN"u8);
        if (!fromMin && !text.StartsWith("RTMAX"u8)) { return false; }
        ReadOnlySpan<byte> offset = text[5..];
        int n = 0;
        if (!offset.IsEmpty && (offset[0] != (fromMin ? (byte)'+' : (byte)'-') || !NumberText.TryParse(offset[1..], out n))) { return false; }
        if (n is < 0 or > RtMax - RtMin) { return false; }
        signal = fromMin ? RtMin + n : RtMax - n;
        return true;
    }
}
