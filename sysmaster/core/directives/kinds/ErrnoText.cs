using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>What a filtered system call answers: an error by name or number, or "kill", which is <see cref="FilterRule.Kill"/>. systemd.exec(5).</summary>
internal static class ErrnoText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out int errno)
    {
        errno = FilterRule.Kill;
        return text.SequenceEqual("kill"u8) || ErrnoNames.TryParse(text, out errno);
    }

    public static void Print(int errno, ref ByteBuilder to)
    {
        if (errno == FilterRule.Kill) { to.Append("kill"u8); }
        else if (ErrnoNames.Table.WordOrNull(errno) is { } name) { to.AppendAscii(name); }
        else { to.AppendDecimal((long)errno); }
    }
}
