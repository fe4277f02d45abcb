using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>Whole numbers as systemd reads them: decimal, 0x, 0o, 0b, or octal after a leading 0; leading blanks and "+" allowed; nothing behind.</summary>
public static class NumberText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong value) => !Parse(text, out value).Failed;

    public static bool TryParse(ReadOnlySpan<byte> text, out uint value)
    {
        bool done = !Parse(text, out ulong wide).Failed && wide <= uint.MaxValue;
        value = done ? (uint)wide : 0;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out int value)
    {
        bool done = TryParse(text, out long wide) && wide is >= int.MinValue and <= int.MaxValue;
        value = done ? (int)wide : 0;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        text = Ascii.SkipWhite(text);
        bool negative = !text.IsEmpty && text[0] == (byte)'-';
        if (negative && (text.Length == 1 || !Ascii.IsDigit(text[1]))) { return false; }
        if (Parse(negative ? text[1..] : text, out ulong wide).Failed) { return false; }
        if (wide > (ulong)long.MaxValue + (negative ? 1UL : 0)) { return false; }
        value = negative ? unchecked(-(long)wide) : (long)wide;
        return true;
    }

    /// <returns>EINVAL, or ERANGE for what is negative or does not fit.</returns>
    public static Errno Parse(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        text = Ascii.SkipWhite(text);
        if (text.IsEmpty) { return Errno.EINVAL; }
        if (text[0] == (byte)'-') { return Errno.ERANGE; }
        if (text[0] == (byte)'+') { text = text[1..]; }
        uint radix = TakeRadix(ref text);
        return ParseDigits(text, radix, out value);
    }

    /// <summary>Digits only, in the given base.</summary>
    public static Errno ParseDigits(ReadOnlySpan<byte> text, uint radix, out ulong value)
    {
        value = 0;
        if (text.IsEmpty) { return Errno.EINVAL; }
        ulong sum = 0;
        foreach (byte c in text)
        {
            int digit = Ascii.Hex(c);
            if (digit < 0 || digit >= radix) { return Errno.EINVAL; }
            if (sum > (ulong.MaxValue - (uint)digit) / radix) { return Errno.ERANGE; }
            sum = (sum * radix) + (uint)digit;
        }
        value = sum;
        return Errno.None;
    }

    private static uint TakeRadix(ref ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != (byte)'0') { return 10; }
        uint radix = (text[1] | 0x20) switch { 'x' => 16, 'b' => 2, 'o' => 8, _ => 0 };
        text = radix == 0 ? text[1..] : text[2..];
        return radix == 0 ? 8 : radix;
    }
}
