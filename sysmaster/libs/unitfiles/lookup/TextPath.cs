using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>Paths as bytes: joining, cutting, and the textual form that has no "." or "..".</summary>
internal static class TextPath
{
    public static ByteText Concat(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        using var text = new ByteBuilder(stackalloc byte[512]);
        text.Append(a);
        text.Append(b);
        return text.ToByteText();
    }

    /// <summary>directory + "/" + name.</summary>
    public static ByteText Join(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name)
    {
        using var text = new ByteBuilder(stackalloc byte[512]);
        text.Append(directory.TrimEnd((byte)'/'));
        text.Append((byte)'/');
        text.Append(name);
        return text.ToByteText();
    }

    /// <summary>directory + "/" + name + suffix.</summary>
    public static ByteText Join(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> suffix)
    {
        using var text = new ByteBuilder(stackalloc byte[512]);
        text.Append(directory.TrimEnd((byte)'/'));
        text.Append((byte)'/');
        text.Append(name);
        text.Append(suffix);
        return text.ToByteText();
    }

    public static ReadOnlySpan<byte> BaseName(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    /// <summary>What stands before the last slash: "/" for "/x", empty where there is no slash.</summary>
    public static ReadOnlySpan<byte> DirName(ReadOnlySpan<byte> path)
    {
        int slash = path.LastIndexOf((byte)'/');
        return slash < 0 ? default : path[..Math.Max(slash, 1)];
    }

    public static bool IsAbsolute(ReadOnlySpan<byte> path) => !path.IsEmpty && path[0] == (byte)'/';

    /// <summary>Is path the directory itself or below it?</summary>
    public static bool IsBelow(ReadOnlySpan<byte> path, ReadOnlySpan<byte> directory)
        => path.StartsWith(directory) && (path.Length == directory.Length || path[directory.Length] == (byte)'/');

    /// <summary>A link's target, seen from its directory, as an absolute path without ".", ".." and double slashes. Textual: asks nobody.</summary>
    public static ByteText Resolve(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> target)
    {
        var text = new ByteBuilder(stackalloc byte[512]);
        if (!IsAbsolute(target)) { AppendParts(ref text, directory); }
        AppendParts(ref text, target);
        ByteText result = text.Length == 0 ? new ByteText("/"u8) : text.ToByteText();
        text.Dispose();
        return result;
    }

    /// <summary>Without doubled slashes and "." parts; ".." stays, since what it leads to is the kernel's to say.</summary>
    public static ByteText Simplify(ReadOnlySpan<byte> path)
    {
        using var text = new ByteBuilder(stackalloc byte[512]);
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> part = path[range];
            if (part.IsEmpty || part.SequenceEqual("."u8)) { continue; }
            if (text.Length > 0 || IsAbsolute(path)) { text.Append((byte)'/'); }
            text.Append(part);
        }
        return text.Length == 0 ? new ByteText("/"u8) : text.ToByteText();
    }

    private static void AppendParts(ref ByteBuilder text, ReadOnlySpan<byte> path)
    {
        while (!path.IsEmpty)
        {
            int slash = path.IndexOf((byte)'/');
            ReadOnlySpan<byte> part = slash < 0 ? path : path[..slash];
            path = slash < 0 ? default : path[(slash + 1)..];
            if (part.IsEmpty || part.SequenceEqual("."u8)) { continue; }
            if (part.SequenceEqual(".."u8)) { text.Truncate(Math.Max(text.Written.LastIndexOf((byte)'/'), 0)); continue; }
            text.Append((byte)'/');
            text.Append(part);
        }
    }
}
