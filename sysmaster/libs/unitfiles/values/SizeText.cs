using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>Sizes in bytes: "512M", "1.5G", "2G 300M". man 7 systemd.syntax and the directives' own text say which base applies: 1024, or 1000 for bandwidths.</summary>
public static class SizeText
{
    private static ReadOnlySpan<byte> Suffixes => "EPTGMKB"u8;

    /// <param name="text">Terms with falling suffixes.</param>
    /// <param name="value">Bytes; at most 2^63 - 1.</param>
    /// <param name="radix">1024 or 1000.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong value, ulong radix = 1024) => !Parse(text, out value, radix).Failed;

    /// <returns>EINVAL; ERANGE for what is negative or does not fit.</returns>
    public static Errno Parse(ReadOnlySpan<byte> text, out ulong value, ulong radix = 1024)
    {
        value = 0;
        ulong sum = 0;
        int from = 0;
        do
        {
            text = Ascii.SkipWhite(text);
            Errno e = Term(ref text, radix, ref from, ref sum);
            if (e.Failed) { return e; }
        }
        while (!text.IsEmpty);
        value = sum;
        return Errno.None;
    }

    /// <summary>A size, or "infinity" as the largest number. TasksMax= and the limits of cgroups.</summary>
    public static bool TryParseOrInfinity(ReadOnlySpan<byte> text, out ulong value, ulong radix = 1024)
    {
        value = ulong.MaxValue;
        return text.SequenceEqual("infinity"u8) || TryParse(text, out value, radix);
    }

    /// <summary>As <c>systemctl show</c> prints limits: the number, "infinity" for the largest.</summary>
    public static void AppendOrInfinity(ulong value, ref ByteBuilder output)
    {
        if (value == ulong.MaxValue) { output.Append("infinity"u8); }
        else { output.AppendDecimal(value); }
    }

    /// <summary>For people, as <c>systemctl status</c>: "1.5G", "300B".</summary>
    public static void AppendHuman(ulong value, ref ByteBuilder output)
    {
        int shift = 60;
        foreach (byte suffix in Suffixes)
        {
            if (suffix == (byte)'B') { break; }
            ulong unit = 1UL << shift;
            if (value >= unit)
            {
                ulong below = shift == 10 ? value % unit * 10 / unit : (value >> (shift - 10)) % 1024 * 10 / 1024;
                output.AppendDecimal(value / unit);
                output.Append((byte)'.');
                output.AppendDecimal(below);
                output.Append(suffix);
                return;
            }
            shift -= 10;
        }
        output.AppendDecimal(value);
        output.Append((byte)'B');
    }

    private static Errno Term(ref ReadOnlySpan<byte> text, ulong radix, ref int from, ref ulong sum)
    {
        if (text.IsEmpty) { return Errno.EINVAL; }
        if (text[0] == (byte)'-') { return Errno.ERANGE; }
        int i = text[0] == (byte)'+' ? 1 : 0;
        int start = i;
        while (i < text.Length && Ascii.IsDigit(text[i])) { i++; }
        if (i == start) { return Errno.EINVAL; }
        Errno e = NumberText.ParseDigits(text[start..i], 10, out ulong whole);
        if (e.Failed) { return e; }
        double fraction = 0;
        if (i < text.Length && text[i] == (byte)'.')
        {
            double weight = 0.1;
            for (i++; i < text.Length && Ascii.IsDigit(text[i]); i++, weight /= 10) { fraction += (text[i] - '0') * weight; }
        }
        text = Ascii.SkipWhite(text[i..]);
        int suffix = text.IsEmpty ? -1 : Suffixes.IndexOf(text[0]);
        if (suffix >= 0 && suffix < from) { return Errno.EINVAL; }
        if (suffix < 0 && from > Suffixes.Length) { return Errno.EINVAL; }
        from = suffix < 0 ? Suffixes.Length + 1 : suffix + 1;
        if (suffix >= 0) { text = text[1..]; }
        ulong factor = 1;
        for (int k = suffix < 0 ? Suffixes.Length - 1 : suffix; k < Suffixes.Length - 1; k++) { factor *= radix; }
        if (whole + (fraction > 0 ? 1UL : 0) > ulong.MaxValue / factor) { return Errno.ERANGE; }
        ulong term = (whole * factor) + (ulong)(fraction * factor);
        if (term > (ulong)long.MaxValue - sum) { return Errno.ERANGE; }
        sum += term;
        return Errno.None;
    }
}
