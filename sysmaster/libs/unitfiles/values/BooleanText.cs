namespace SysMaster.UnitFiles;

/// <summary>1 yes y true t on, 0 no n false f off; any case. man 7 systemd.syntax, "Booleans".</summary>
public static class BooleanText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out bool value)
    {
        value = Is(text, "1"u8, "yes"u8, "y"u8, "true"u8, "t"u8, "on"u8);
        return value || Is(text, "0"u8, "no"u8, "n"u8, "false"u8, "f"u8, "off"u8);
    }

    public static ReadOnlySpan<byte> Format(bool value) => value ? "yes"u8 : "no"u8;

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, ReadOnlySpan<byte> e, ReadOnlySpan<byte> f)
        => Ascii.EqualsIgnoreCase(text, b) || Ascii.EqualsIgnoreCase(text, d) || Ascii.EqualsIgnoreCase(text, f)
            || Ascii.EqualsIgnoreCase(text, a) || Ascii.EqualsIgnoreCase(text, c) || Ascii.EqualsIgnoreCase(text, e);
}
