using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>Names made from paths and from what people type, and the tree of slices.</summary>
public readonly partial struct UnitName
{
    /// <summary>The unit for a path: /mnt/x as a mount is mnt-x.mount.</summary>
    /// <returns>Invalid when the path has "..", or the name would be too long.</returns>
    public static UnitName FromPath(ReadOnlySpan<byte> path, UnitKind kind)
    {
        var name = new ByteBuilder(stackalloc byte[512]);
        try
        {
            if (!UnitNameEscape.TryEscapePath(path, ref name)) { return default; }
            name.AppendAscii(kind.Suffix());
            return Parse(name.Written);
        }
        finally { name.Dispose(); }
    }

    /// <summary>An instance of this template for a path, escaped: foo@a-b.service.</summary>
    public UnitName WithPathInstance(ReadOnlySpan<byte> path)
    {
        var name = new ByteBuilder(stackalloc byte[512]);
        try { return UnitNameEscape.TryEscapePath(path, ref name) ? WithInstance(name.ToString()) : default; }
        finally { name.Dispose(); }
    }

    /// <summary>The path that a mount, automount, swap, device or path-named unit stands for: the unescaped prefix. Instances have none.</summary>
    /// <returns>False when the prefix is no escaped path.</returns>
    public bool TryToPath(out ByteText path)
    {
        path = default;
        if (_text is null) { return false; }
        var text = new ByteBuilder(stackalloc byte[256]);
        var unescaped = new ByteBuilder(stackalloc byte[256]);
        try
        {
            text.AppendAscii(Stem);
            if (!UnitNameEscape.TryUnescapePath(text.Written, ref unescaped)) { return false; }
            path = unescaped.ToByteText();
            return true;
        }
        finally
        {
            text.Dispose();
            unescaped.Dispose();
        }
    }

    /// <summary>
    /// What somebody typed, made a unit name: /dev/x is a device, another absolute path a mount, no suffix gets
    /// <paramref name="kind"/>'s, what a name cannot hold is escaped. man 1 systemctl, "Parameter syntax".
    /// </summary>
    public static UnitName Mangle(ReadOnlySpan<byte> text, UnitKind kind = UnitKind.Service)
    {
        if (TryParse(text, out UnitName name)) { return name; }
        var mangled = new ByteBuilder(stackalloc byte[512]);
        try
        {
            if (!TryMangle(text, kind, globs: false, ref mangled)) { return default; }
            return Parse(mangled.Written);
        }
        finally { mangled.Dispose(); }
    }

    /// <summary>As <see cref="Mangle"/>, with patterns ("foo*") left alone when <paramref name="globs"/>.</summary>
    /// <returns>False for an empty text; the result with globs is a pattern, not necessarily a name.</returns>
    public static bool TryMangle(scoped ReadOnlySpan<byte> text, UnitKind kind, bool globs, ref ByteBuilder output)
    {
        if (text.IsEmpty) { return false; }
        if (TryParse(text, out _) || (globs && IsGlob(text) && IsGlobText(text)))
        {
            output.Append(text);
            return true;
        }
        if (text[0] == (byte)'/')
        {
            bool device = text.StartsWith("/dev/"u8) || text.StartsWith("/sys/"u8);
            UnitName path = FromPath(text, device ? UnitKind.Device : UnitKind.Mount);
            if (path.IsValid)
            {
                path.AppendTo(ref output);
                return true;
            }
        }
        int start = output.Length;
        foreach (byte c in text)
        {
            if (c == (byte)'/') { output.Append((byte)'-'); }
            else if (UnitNameEscape.IsNameByte(c) || (globs && "[]!*?"u8.Contains(c))) { output.Append(c); }
            else { UnitNameEscape.AppendHex(c, ref output); }
        }
        ReadOnlySpan<byte> made = output.Written[start..];
        if (!TryParse(made, out _) && !(globs && IsGlob(made))) { output.AppendAscii(kind.Suffix()); }
        return true;
    }

    /// <summary>Does the text have a "*", "?" or "["?</summary>
    public static bool IsGlob(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)'*', (byte)'?', (byte)'[') >= 0;

    /// <summary>A slice name whose dashes make a path in the tree of slices: no empty part. "-.slice" is the root.</summary>
    public bool IsSlice
        => _kind == UnitKind.Slice && IsPlain
            && (_dot == 1 || (Text[0] != '-' && Text[_dot - 1] != '-' && !Prefix.Contains("--", StringComparison.Ordinal)));

    /// <summary>a-b.slice lies in a.slice, that in -.slice; the root lies nowhere (invalid).</summary>
    public UnitName SliceParent
    {
        get
        {
            if (!IsSlice || Text == "-.slice") { return default; }
            int dash = Prefix.LastIndexOf('-');
            return dash < 0 ? Parse("-.slice"u8) : Parse(string.Concat(Text.AsSpan(0, dash), ".slice"));
        }
    }

    private static bool IsGlobText(ReadOnlySpan<byte> text)
    {
        foreach (byte c in text)
        {
            if (!UnitNameEscape.IsNameByte(c) && !"[]!*?"u8.Contains(c)) { return false; }
        }
        return true;
    }
}
