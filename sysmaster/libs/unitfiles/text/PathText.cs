namespace SysMaster.UnitFiles;

/// <summary>Paths as text: no file system is asked.</summary>
public static class PathText
{
    /// <summary>With its NUL, as the kernel counts.</summary>
    public const int MaxPath = 4096;

    public const int MaxName = 255;

    public static bool IsAbsolute(ReadOnlySpan<byte> path) => !path.IsEmpty && path[0] == (byte)'/';

    /// <summary>Double slashes, "." components and trailing slashes go; ".." stays; an absolute path stays absolute. "" stays "".</summary>
    public static void Simplify(scoped ReadOnlySpan<byte> path, ref ByteBuilder output)
    {
        bool absolute = IsAbsolute(path);
        bool first = true;
        if (absolute) { output.Append((byte)'/'); }
        while (!path.IsEmpty)
        {
            int slash = path.IndexOf((byte)'/');
            ReadOnlySpan<byte> part = slash < 0 ? path : path[..slash];
            path = slash < 0 ? default : path[(slash + 1)..];
            if (part.IsEmpty || (part.Length == 1 && part[0] == (byte)'.')) { continue; }
            if (!first) { output.Append((byte)'/'); }
            output.Append(part);
            first = false;
        }
    }

    /// <summary>No ".." in it, and nothing longer than the kernel takes: what <see cref="Simplify"/> makes normalized.</summary>
    public static bool IsNormalizable(ReadOnlySpan<byte> path) => Check(path, allowDots: true);

    /// <summary>No "..", ".", double slash; not empty; within the kernel's lengths.</summary>
    public static bool IsNormalized(ReadOnlySpan<byte> path)
        => !path.IsEmpty && path.IndexOf("//"u8) < 0 && Check(path, allowDots: false);

    /// <summary>May the kernel be given this path: not empty, no NUL, components and whole within its lengths.</summary>
    public static bool IsValid(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path.Length >= MaxPath || path.Contains((byte)0)) { return false; }
        while (!path.IsEmpty)
        {
            int slash = path.IndexOf((byte)'/');
            if ((slash < 0 ? path.Length : slash) > MaxName) { return false; }
            path = slash < 0 ? default : path[(slash + 1)..];
        }
        return true;
    }

    /// <summary>Valid as the name of one file: no slash, not "." or "..".</summary>
    public static bool IsFileName(ReadOnlySpan<byte> name)
        => !name.IsEmpty && name.Length <= MaxName && name.IndexOfAny((byte)'/', (byte)0) < 0 && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8);

    /// <summary>The last component; empty when the path ends in "/".</summary>
    public static ReadOnlySpan<byte> FileName(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    /// <summary>Is <paramref name="path"/> the prefix itself or below it? Both simplified and absolute.</summary>
    public static bool IsBelow(ReadOnlySpan<byte> path, ReadOnlySpan<byte> prefix)
        => prefix.SequenceEqual("/"u8) ? IsAbsolute(path) : path.StartsWith(prefix) && (path.Length == prefix.Length || path[prefix.Length] == (byte)'/');

    private static bool Check(ReadOnlySpan<byte> path, bool allowDots)
    {
        if (path.Length >= MaxPath || path.Contains((byte)0)) { return false; }
        while (!path.IsEmpty)
        {
            int slash = path.IndexOf((byte)'/');
            ReadOnlySpan<byte> part = slash < 0 ? path : path[..slash];
            path = slash < 0 ? default : path[(slash + 1)..];
            if (part.Length > MaxName || part.SequenceEqual(".."u8) || (!allowDots && part.SequenceEqual("."u8))) { return false; }
        }
        return true;
    }
}
