using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>DeviceAllow=: a node and what may be done with it. man 5 systemd.resource-control.</summary>
/// <param name="Node">/dev/…, "char-NAME" or "block-NAME" with patterns, or a path below /run/systemd/inaccessible.</param>
/// <param name="Rights">1 read, 2 write, 4 mknod.</param>
public readonly record struct DeviceAccess(ByteText Node, int Rights)
{
    public const int Read = 1;
    public const int Write = 2;
    public const int Mknod = 4;

    public static bool TryParse(ReadOnlySpan<byte> text, out DeviceAccess access)
    {
        access = default;
        using var words = new Words(text, WordFlags.Unquote);
        if (!words.Next(out ReadOnlySpan<byte> node) || !IsNode(node)) { return false; }
        var path = new ByteText(node);
        int rights = Read | Write | Mknod;
        if (words.Next(out ReadOnlySpan<byte> word) && !TryParseRights(word, out rights)) { return false; }
        if (words.Failed || words.Next(out _)) { return false; }
        access = new DeviceAccess(path, rights);
        return true;
    }

    /// <summary>Letters r, w, m in any order; at least one.</summary>
    public static bool TryParseRights(ReadOnlySpan<byte> text, out int rights)
    {
        rights = 0;
        int sum = 0;
        foreach (byte c in text)
        {
            int one = c switch { (byte)'r' => Read, (byte)'w' => Write, (byte)'m' => Mknod, _ => 0 };
            if (one == 0) { return false; }
            sum |= one;
        }
        rights = sum;
        return sum != 0;
    }

    public static bool IsNode(ReadOnlySpan<byte> node)
        => ((node.StartsWith("/dev/"u8) || node.StartsWith("/run/systemd/inaccessible/"u8)) && PathText.IsNormalized(node))
            || (node.StartsWith("char-"u8) && node.Length > 5) || (node.StartsWith("block-"u8) && node.Length > 6);

    /// <summary>"/dev/null rw"</summary>
    public void AppendTo(ref ByteBuilder output)
    {
        output.Append(Node.Span);
        output.Append((byte)' ');
        AppendRights(ref output);
    }

    public void AppendRights(ref ByteBuilder output)
    {
        if ((Rights & Read) != 0) { output.Append((byte)'r'); }
        if ((Rights & Write) != 0) { output.Append((byte)'w'); }
        if ((Rights & Mknod) != 0) { output.Append((byte)'m'); }
    }
}
