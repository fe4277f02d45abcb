using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>Spans of time: "2h 30min", "90", "1.5s", "infinity". man 7 systemd.time, "Parsing time spans".</summary>
public static class TimeSpanText
{
    private static readonly TimeUnit[] s_printed =
    [
        new("y"u8.ToArray(), 31557600000000), new("month"u8.ToArray(), 2629800000000), new("w"u8.ToArray(), 604800000000), new("d"u8.ToArray(), 86400000000),
        new("h"u8.ToArray(), 3600000000), new("min"u8.ToArray(), 60000000), new("s"u8.ToArray(), 1000000), new("ms"u8.ToArray(), 1000), new("us"u8.ToArray(), 1),
    ];

    /// <param name="text">The sum of numbers with units.</param>
    /// <param name="value">Microseconds; "infinity" is <see cref="Usec.Infinity"/>.</param>
    /// <param name="defaultUnit">What a number without a unit counts, in microseconds.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out Usec value, ulong defaultUnit = Usec.PerSec) => !Parse(text, out value, defaultUnit).Failed;

    /// <summary>As <see cref="TryParse"/>, with the reason.</summary>
    /// <returns>EINVAL; ERANGE for what is negative or does not fit.</returns>
    public static Errno Parse(ReadOnlySpan<byte> text, out Usec value, ulong defaultUnit = Usec.PerSec)
    {
        Errno e = Sum(text, TimeUnit.Microseconds, defaultUnit, out ulong sum);
        value = new Usec(sum);
        return e;
    }

    /// <summary>In nanoseconds, which is also the unit of a bare number; "infinity" is the largest.</summary>
    public static Errno ParseNsec(ReadOnlySpan<byte> text, out ulong value) => Sum(text, TimeUnit.Nanoseconds, 1, out value);

    /// <summary>As <c>systemctl show</c> prints: "1min 30s", "1.500ms", "infinity", "0".</summary>
    /// <param name="value">The span.</param>
    /// <param name="output">Receives the text.</param>
    /// <param name="accuracy">Nothing finer than this many microseconds, once something was printed.</param>
    public static void Append(Usec value, ref ByteBuilder output, ulong accuracy = 1)
    {
        if (value.IsInfinity) { output.Append("infinity"u8); return; }
        if (value.Value == 0) { output.Append((byte)'0'); return; }
        ulong rest = value.Value;
        bool something = false;
        foreach (TimeUnit unit in s_printed)
        {
            if (rest == 0 || (rest < accuracy && something)) { return; }
            if (rest < unit.Length) { continue; }
            ulong whole = rest / unit.Length;
            ulong part = rest % unit.Length;
            if (something) { output.Append((byte)' '); }
            output.AppendDecimal(whole);
            bool dotted = rest < 60000000 && part > 0 && AppendFraction(part, unit.Length, accuracy, ref output);
            output.Append(unit.Name);
            rest = dotted ? 0 : part;
            something = true;
        }
    }

    public static string Format(Usec value, ulong accuracy = 1)
    {
        var output = new ByteBuilder(stackalloc byte[64]);
        Append(value, ref output, accuracy);
        return output.ToString();
    }

    /// <summary>Below a minute the rest goes behind a dot, as many digits as the accuracy leaves.</summary>
    private static bool AppendFraction(ulong part, ulong unit, ulong accuracy, ref ByteBuilder output)
    {
        int digits = 0;
        for (ulong c = unit; c > 1; c /= 10) { digits++; }
        for (ulong c = accuracy; c > 1; c /= 10) { part /= 10; digits--; }
        if (digits <= 0) { return false; }
        output.Append((byte)'.');
        output.AppendPadded(part, digits);
        return true;
    }

    private static Errno Sum(ReadOnlySpan<byte> text, TimeUnit[] units, ulong defaultUnit, out ulong value)
    {
        value = ulong.MaxValue;
        text = Ascii.SkipWhite(text);
        if (text.StartsWith("infinity"u8)) { return Ascii.SkipWhite(text[8..]).IsEmpty ? Errno.None : Errno.EINVAL; }
        ulong sum = 0;
        bool something = false;
        value = 0;
        while (true)
        {
            text = Ascii.SkipWhite(text);
            if (text.IsEmpty)
            {
                value = something ? sum : 0;
                return something ? Errno.None : Errno.EINVAL;
            }
            Errno e = Term(ref text, units, defaultUnit, ref sum);
            if (e.Failed) { return e; }
            something = true;
        }
    }

    /// <summary>One number with its unit.</summary>
    private static Errno Term(ref ReadOnlySpan<byte> text, TimeUnit[] units, ulong defaultUnit, ref ulong sum)
    {
        if (text[0] == (byte)'-') { return Errno.ERANGE; }
        int i = text[0] == (byte)'+' ? 1 : 0;
        int start = i;
        ulong whole = 0;
        for (; i < text.Length && Ascii.IsDigit(text[i]); i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (whole > ((ulong)long.MaxValue - digit) / 10) { return Errno.ERANGE; }
            whole = (whole * 10) + digit;
        }
        bool hasWhole = i > start;
        bool dotted = i < text.Length && text[i] == (byte)'.' && (hasWhole || start == 0);
        ReadOnlySpan<byte> fraction = default;
        if (dotted)
        {
            int dot = i++;
            while (i < text.Length && Ascii.IsDigit(text[i])) { i++; }
            fraction = text[(dot + 1)..i];
        }
        else if (!hasWhole) { return Errno.EINVAL; }

        ReadOnlySpan<byte> number = text[i..];
        ReadOnlySpan<byte> rest = TakeUnit(Ascii.SkipWhite(number), units, defaultUnit, out ulong unit);
        if (rest.Length == number.Length && !rest.IsEmpty) { return Errno.EINVAL; }
        text = rest;
        if (whole >= ulong.MaxValue / unit || whole * unit >= ulong.MaxValue - sum) { return Errno.ERANGE; }
        sum += whole * unit;
        if (!dotted) { return Errno.None; }
        if (fraction.IsEmpty) { return Errno.EINVAL; }
        foreach (byte c in fraction)
        {
            unit /= 10;
            ulong more = (uint)(c - '0') * unit;
            if (more >= ulong.MaxValue - sum) { return Errno.ERANGE; }
            sum += more;
        }
        return Errno.None;
    }

    private static ReadOnlySpan<byte> TakeUnit(ReadOnlySpan<byte> text, TimeUnit[] units, ulong defaultUnit, out ulong unit)
    {
        unit = defaultUnit;
        if (text.IsEmpty || Ascii.IsDigit(text[0])) { return text; }
        foreach (TimeUnit candidate in units)
        {
            if (text.StartsWith(candidate.Name))
            {
                unit = candidate.Length;
                return text[candidate.Name.Length..];
            }
        }
        return text;
    }
}
