namespace SysMaster.UnitFiles.Lookup;

/// <summary>
/// A unit name taken apart where it lies, for the thousands of directory entries that nobody will ever load: nothing is interned or allocated,
/// as <see cref="UnitName"/> would.
/// </summary>
internal readonly ref struct NameForm
{
    private readonly ReadOnlySpan<byte> _name;
    private readonly int _at;
    private readonly int _dot;

    private NameForm(ReadOnlySpan<byte> name, int at, int dot, UnitKind kind)
    {
        _name = name;
        _at = at;
        _dot = dot;
        Kind = kind;
    }

    /// <summary><see cref="UnitKind.None"/>: no valid unit name.</summary>
    public UnitKind Kind { get; }

    public UnitNameForm Form => Kind == UnitKind.None ? UnitNameForm.Invalid
        : _at == 0 ? UnitNameForm.Plain
        : _dot == _at + 1 ? UnitNameForm.Template : UnitNameForm.Instance;

    public ReadOnlySpan<byte> Prefix => _name[..(_at == 0 ? _dot : _at)];

    public ReadOnlySpan<byte> Instance => _at == 0 ? default : _name[(_at + 1).._dot];

    /// <summary>With its dot.</summary>
    public ReadOnlySpan<byte> Suffix => _name[_dot..];

    public static NameForm Of(ReadOnlySpan<byte> name)
    {
        if (name.Length is < 3 or > UnitName.MaxLength) { return default; }
        int dot = name.LastIndexOf((byte)'.');
        if (dot <= 0) { return default; }
        UnitKind kind = UnitKinds.FromWord(name[(dot + 1)..]);
        if (kind == UnitKind.None) { return default; }
        int at = 0;
        for (int i = 0; i < dot; i++)
        {
            byte c = name[i];
            if (!UnitNameEscape.IsNameByte(c)) { return default; }
            if (c != (byte)'@') { continue; }
            if (i == 0) { return default; }
            if (at == 0) { at = i; }
        }
        return new NameForm(name, at, dot, kind);
    }

    /// <summary>foo@.service of foo@bar.service, written into the buffer.</summary>
    public ReadOnlySpan<byte> Template(Span<byte> buffer)
    {
        _name[..(_at + 1)].CopyTo(buffer);
        Suffix.CopyTo(buffer[(_at + 1)..]);
        return buffer[..(_at + 1 + Suffix.Length)];
    }
}
