using System.Buffers.Text;

namespace SysMaster.Linux;

/// <summary>
/// One line of /proc/self/mountinfo: <c>36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue</c>.
/// The spans point into the line and are still escaped as the kernel does (\040 for a blank): see Unescape.
/// </summary>
public readonly ref struct MountInfoLine
{
    private MountInfoLine(int id, int parent, uint major, uint minor, ReadOnlySpan<byte> root, ReadOnlySpan<byte> mountPoint,
        ReadOnlySpan<byte> options, ReadOnlySpan<byte> type, ReadOnlySpan<byte> source, ReadOnlySpan<byte> superOptions)
    {
        Id = id;
        Parent = parent;
        Major = major;
        Minor = minor;
        Root = root;
        MountPoint = mountPoint;
        Options = options;
        Type = type;
        Source = source;
        SuperOptions = superOptions;
    }

    public int Id { get; }

    public int Parent { get; }

    public uint Major { get; }

    public uint Minor { get; }

    /// <summary>What of the file system is mounted: `/`, or the source of a bind mount.</summary>
    public ReadOnlySpan<byte> Root { get; }

    public ReadOnlySpan<byte> MountPoint { get; }

    /// <summary>Of this mount: rw, nosuid, relatime…</summary>
    public ReadOnlySpan<byte> Options { get; }

    public ReadOnlySpan<byte> Type { get; }

    /// <summary>Empty where the kernel prints none.</summary>
    public ReadOnlySpan<byte> Source { get; }

    /// <summary>Of the file system.</summary>
    public ReadOnlySpan<byte> SuperOptions { get; }

    /// <summary>Takes the next line off a text. A line that cannot be read (a newer kernel's?) is skipped.</summary>
    /// <returns>False at the end of the text.</returns>
    public static bool Next(ref ReadOnlySpan<byte> text, out MountInfoLine line)
    {
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> one = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (TryParse(one, out line)) { return true; }
        }
        line = default;
        return false;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out MountInfoLine line)
    {
        line = default;
        if (!TakeNumber(ref text, (byte)' ', out int id) || !TakeNumber(ref text, (byte)' ', out int parent)) { return false; }
        if (!TakeNumber(ref text, (byte)':', out int major) || !TakeNumber(ref text, (byte)' ', out int minor)) { return false; }
        ReadOnlySpan<byte> root = Take(ref text), point = Take(ref text), options = Take(ref text);
        // Any number of optional fields, then a hyphen.
        while (!text.StartsWith("- "u8))
        {
            if (text.IsEmpty) { return false; }
            Take(ref text);
        }
        text = text[2..];
        ReadOnlySpan<byte> type = Take(ref text), source = Take(ref text);
        if (root.IsEmpty || point.IsEmpty || type.IsEmpty) { return false; }
        line = new MountInfoLine(id, parent, (uint)major, (uint)minor, root, point, options, type, source, text);
        return true;
    }

    /// <summary>\040 and the like become the byte; what is no such escape stays. The result is never longer.</summary>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> into)
    {
        int n = 0;
        for (int i = 0; i < escaped.Length; i++)
        {
            byte b = escaped[i];
            if (b == (byte)'\\' && i + 3 < escaped.Length && IsOctal(escaped[i + 1]) && IsOctal(escaped[i + 2]) && IsOctal(escaped[i + 3]))
            {
                b = (byte)((escaped[i + 1] - '0') << 6 | (escaped[i + 2] - '0') << 3 | (escaped[i + 3] - '0'));
                i += 3;
            }
            into[n++] = b;
        }
        return n;
    }

    public static ByteText Unescape(ReadOnlySpan<byte> escaped)
    {
        if (!escaped.Contains((byte)'\\')) { return escaped; }
        byte[] bytes = new byte[escaped.Length];
        return new ByteText(bytes.AsSpan(0, Unescape(escaped, bytes)));
    }

    private static bool IsOctal(byte b) => b is >= (byte)'0' and <= (byte)'7';

    private static bool TakeNumber(scoped ref ReadOnlySpan<byte> text, byte end, out int value)
    {
        if (!Utf8Parser.TryParse(text, out value, out int n) || n >= text.Length || text[n] != end || value < 0) { return false; }
        text = text[(n + 1)..];
        return true;
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> taken = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return taken;
    }
}
