using System.Diagnostics.CodeAnalysis;

namespace SysMaster.UnitFiles;

/// <summary>
/// A valid unit name: prefix, optional "@" and instance, suffix; at most 255 characters, ASCII. man 5 systemd.unit. Parsing looks the text up in a
/// small cache, so that the same name is mostly the same string, and equality mostly a comparison of references. The default value is no name.
/// </summary>
[SuppressMessage("Naming", "CA1724", Justification = "the field's word")]
public readonly partial struct UnitName : IEquatable<UnitName>, IComparable<UnitName>
{
    /// <summary>With the suffix.</summary>
    public const int MaxLength = 255;

    private readonly string? _text;
    private readonly uint _hash;
    private readonly byte _at;       // where "@" stands; 0: nowhere (a prefix is never empty)
    private readonly byte _dot;      // where the suffix begins
    private readonly UnitKind _kind;

    private UnitName(string text, uint hash, int at, int dot, UnitKind kind)
    {
        _text = text;
        _hash = hash;
        _at = (byte)at;
        _dot = (byte)dot;
        _kind = kind;
    }

    /// <summary>False for the default value.</summary>
    public bool IsValid => _text is not null;

    public string Text => _text ?? "";

    public UnitKind Kind => _kind;

    public UnitNameForm Form => _text is null ? UnitNameForm.Invalid : _at == 0 ? UnitNameForm.Plain : _dot == _at + 1 ? UnitNameForm.Template : UnitNameForm.Instance;

    public bool IsPlain => Form == UnitNameForm.Plain;

    public bool IsTemplate => Form == UnitNameForm.Template;

    public bool IsInstance => Form == UnitNameForm.Instance;

    /// <summary>Up to "@" or the suffix: "foo" of foo@bar.service. %p.</summary>
    public ReadOnlySpan<char> Prefix => Text.AsSpan(0, _at == 0 ? _dot : _at);

    /// <summary>Between "@" and the suffix; empty for plain names and templates. %i.</summary>
    public ReadOnlySpan<char> Instance => _at == 0 ? default : Text.AsSpan(_at + 1, _dot - _at - 1);

    /// <summary>All but the suffix: "foo@bar" of foo@bar.service. %N.</summary>
    public ReadOnlySpan<char> Stem => Text.AsSpan(0, _dot);

    /// <summary>With its dot.</summary>
    public ReadOnlySpan<char> Suffix => Text.AsSpan(_dot);

    /// <summary>foo@.service of foo@bar.service; itself for a template; invalid for a plain name.</summary>
    public UnitName Template
    {
        get
        {
            if (_at == 0 || IsTemplate) { return _at == 0 ? default : this; }
            Span<char> buffer = stackalloc char[MaxLength];
            int n = _at + 1;
            Text.AsSpan(0, n).CopyTo(buffer);
            Text.AsSpan(_dot).CopyTo(buffer[n..]);
            return Parse(buffer[..(n + Text.Length - _dot)]);
        }
    }

    /// <summary>The template or instance with another instance. Invalid for plain names, and when the result would be.</summary>
    public UnitName WithInstance(ReadOnlySpan<char> instance)
    {
        if (_at == 0 || instance.IsEmpty || _at + 1 + instance.Length + Suffix.Length > MaxLength) { return default; }
        return Parse(string.Concat(Text.AsSpan(0, _at + 1), instance, Suffix));
    }

    /// <summary>The same name as another type: foo.socket of foo.service. Invalid when too long.</summary>
    public UnitName WithKind(UnitKind kind) => _text is null || kind == UnitKind.None ? default : Parse(string.Concat(Stem, kind.Suffix()));

    /// <summary>The name, or the default value when it is none.</summary>
    public static UnitName Parse(ReadOnlySpan<char> text) => TryParse(text, out UnitName name) ? name : default;

    public static UnitName Parse(ReadOnlySpan<byte> text) => TryParse(text, out UnitName name) ? name : default;

    public static UnitName Parse(string text) => TryParse(text, out UnitName name) ? name : default;

    public void AppendTo(ref ByteBuilder output) => output.AppendAscii(Text);

    public bool Equals(UnitName other) => ReferenceEquals(_text, other._text) || (_hash == other._hash && string.Equals(_text, other._text, StringComparison.Ordinal));

    public override bool Equals(object? obj) => obj is UnitName other && Equals(other);

    public override int GetHashCode() => (int)_hash;

    /// <summary>By bytes, as systemctl sorts.</summary>
    public int CompareTo(UnitName other) => string.CompareOrdinal(_text, other._text);

    public override string ToString() => Text;

    public static bool operator ==(UnitName a, UnitName b) => a.Equals(b);

    public static bool operator !=(UnitName a, UnitName b) => !a.Equals(b);

    public static bool operator <(UnitName a, UnitName b) => a.CompareTo(b) < 0;

    public static bool operator >(UnitName a, UnitName b) => a.CompareTo(b) > 0;

    public static bool operator <=(UnitName a, UnitName b) => a.CompareTo(b) <= 0;

    public static bool operator >=(UnitName a, UnitName b) => a.CompareTo(b) >= 0;
}
