using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>Limit…=: "soft:hard" or one for both. man 5 systemd.exec, "Process Properties". Sizes, times and nice levels in their own units.</summary>
/// <param name="Soft">2^64 - 1: none.</param>
/// <param name="Hard">2^64 - 1: none.</param>
public readonly record struct ResourceLimitText(ulong Soft, ulong Hard)
{
    public const ulong Infinity = ulong.MaxValue;

    private static readonly string[] s_names =
        ["CPU", "FSIZE", "DATA", "STACK", "CORE", "RSS", "NPROC", "NOFILE", "MEMLOCK", "AS", "LOCKS", "SIGPENDING", "MSGQUEUE", "NICE", "RTPRIO", "RTTIME"];

    /// <summary>"NOFILE"; the directive is Limit + name.</summary>
    public static string Name(ResourceLimit which) => s_names[(int)which];

    /// <returns>False for what is no limit, and for a soft limit above the hard one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, ResourceLimit which, out ResourceLimitText value)
    {
        value = default;
        int colon = text.IndexOf((byte)':');
        if (!One(colon < 0 ? text : Ascii.Strip(text[..colon]), which, out ulong soft)) { return false; }
        ulong hard = soft;
        if (colon >= 0 && !One(Ascii.Strip(text[(colon + 1)..]), which, out hard)) { return false; }
        if (soft > hard) { return false; }
        value = new ResourceLimitText(soft, hard);
        return true;
    }

    /// <summary>"infinity", "1024", "1024:524288"</summary>
    public void AppendTo(ref ByteBuilder output)
    {
        SizeText.AppendOrInfinity(Soft, ref output);
        if (Soft == Hard) { return; }
        output.Append((byte)':');
        SizeText.AppendOrInfinity(Hard, ref output);
    }

    private static bool One(ReadOnlySpan<byte> text, ResourceLimit which, out ulong value)
    {
        value = Infinity;
        if (text.SequenceEqual("infinity"u8)) { return true; }
        switch (which)
        {
            case ResourceLimit.Fsize or ResourceLimit.Data or ResourceLimit.Stack or ResourceLimit.Core or ResourceLimit.Rss
                or ResourceLimit.Memlock or ResourceLimit.As or ResourceLimit.Msgqueue:
                return SizeText.TryParse(text, out value);
            case ResourceLimit.Cpu:
                if (!TimeSpanText.TryParse(text, out Usec sec)) { return false; }
                value = sec.IsInfinity ? Infinity : (sec.Value + Usec.PerSec - 1) / Usec.PerSec;
                return true;
            case ResourceLimit.Rttime:
                if (!TimeSpanText.TryParse(text, out Usec usec, 1)) { return false; }
                value = usec.Value;
                return true;
            case ResourceLimit.Nice: return NiceLimit(text, out value);
            default: return NumberText.TryParse(text, out value);
        }
    }

    /// <summary>"+5", "-5": a nice level, kept as 20 - level; a bare number is the raw limit, 1 to 40.</summary>
    private static bool NiceLimit(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty) { return false; }
        bool minus = text[0] == (byte)'-';
        bool signed = minus || text[0] == (byte)'+';
        if (!NumberText.TryParse(signed ? text[1..] : text, out uint n)) { return false; }
        if (!signed)
        {
            value = n;
            return n is >= 1 and <= 40;
        }
        value = minus ? 20 + n : 20 - n;
        return minus ? n <= 20 : n <= 19;
    }
}
