using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>Moments in time: "2012-11-23 11:12:13", "today", "+5min", "2h ago", "@1395716396". man 7 systemd.time, "Parsing timestamps".</summary>
public static class TimestampText
{
    /// <summary>9999-12-30 23:59:59 UTC: nothing later is read or printed.</summary>
    private const ulong MaxFormattable = 253402214399000000;

    private static readonly string[] s_days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private static readonly (string Name, int Number)[] s_dayWords =
    [
        ("Sunday", 0), ("Sun", 0), ("Monday", 1), ("Mon", 1), ("Tuesday", 2), ("Tue", 2), ("Wednesday", 3), ("Wed", 3), ("Thursday", 4), ("Thu", 4),
        ("Friday", 5), ("Fri", 5), ("Saturday", 6), ("Sat", 6),
    ];

    /// <param name="text">A moment.</param>
    /// <param name="now">What "now", "today" and the relative forms count from; CLOCK_REALTIME.</param>
    /// <param name="value">CLOCK_REALTIME.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, Usec now, out Usec value) => !Parse(text, now, out value).Failed;

    /// <returns>EINVAL; ERANGE as the span in it.</returns>
    public static Errno Parse(ReadOnlySpan<byte> text, Usec now, out Usec value)
    {
        value = now;
        if (text.SequenceEqual("now"u8)) { return Errno.None; }
        if (text.IsEmpty) { return Errno.EINVAL; }
        if (text[0] == (byte)'@') { return TimeSpanText.Parse(text[1..], out value); }
        if (text[0] == (byte)'+') { return Shift(text[1..], now, back: false, out value); }
        if (text[0] == (byte)'-') { return Shift(text[1..], now, back: true, out value); }
        if (text.EndsWith(" ago"u8)) { return Shift(text[..^4], now, back: true, out value); }
        if (text.EndsWith(" left"u8)) { return Shift(text[..^5], now, back: false, out value); }
        return ParseDate(text, now, out value);
    }

    /// <summary>"Fri 2012-11-23 11:12:13 UTC", as <c>systemctl show</c> prints; the local zone unless <paramref name="utc"/>. Nothing for 0 and infinity.</summary>
    public static void Append(Usec value, ref ByteBuilder output, bool utc = false, bool microseconds = false)
    {
        if (value.Value == 0 || value.IsInfinity) { return; }
        if (value.Value > MaxFormattable || !LocalTime.TryBreak((long)(value.Value / Usec.PerSec), utc, out LibC.tm tm))
        {
            output.Append("--- XXXX-XX-XX XX:XX:XX"u8);
            return;
        }
        output.AppendAscii(s_days[tm.tm_wday]);
        output.Append((byte)' ');
        output.AppendPadded((ulong)(tm.tm_year + 1900), 4);
        output.Append((byte)'-');
        output.AppendPadded((ulong)(tm.tm_mon + 1), 2);
        output.Append((byte)'-');
        output.AppendPadded((ulong)tm.tm_mday, 2);
        output.Append((byte)' ');
        output.AppendPadded((ulong)tm.tm_hour, 2);
        output.Append((byte)':');
        output.AppendPadded((ulong)tm.tm_min, 2);
        output.Append((byte)':');
        output.AppendPadded((ulong)tm.tm_sec, 2);
        if (microseconds)
        {
            output.Append((byte)'.');
            output.AppendPadded(value.Value % Usec.PerSec, 6);
        }
        output.Append((byte)' ');
        if (utc) { output.Append("UTC"u8); }
        else { AppendZone(tm, ref output); }
    }

    public static string Format(Usec value, bool utc = false, bool microseconds = false)
    {
        var output = new ByteBuilder(stackalloc byte[64]);
        Append(value, ref output, utc, microseconds);
        return output.ToString();
    }

    /// <summary>"2h 5min ago", "1 week 2 days left", "now".</summary>
    public static string FormatRelative(Usec value, Usec now)
    {
        bool past = now > value;
        ulong d = past ? now.Value - value.Value : value.Value - now.Value;
        string suffix = past ? " ago" : " left";
        const ulong Month = 2629800 * Usec.PerSec;
        const ulong Year = 31557600 * Usec.PerSec;
        const ulong Week = 7 * Usec.PerDay;
        return d switch
        {
            >= Year => $"{Count(d / Year, "year")} {Count(d % Year / Month, "month")}{suffix}",
            >= Month => $"{Count(d / Month, "month")} {Count(d % Month / Usec.PerDay, "day")}{suffix}",
            >= Week => $"{Count(d / Week, "week")} {Count(d % Week / Usec.PerDay, "day")}{suffix}",
            >= 2 * Usec.PerDay => $"{d / Usec.PerDay} days{suffix}",
            >= 25 * Usec.PerHour => $"1 day {(d - Usec.PerDay) / Usec.PerHour}h{suffix}",
            >= 6 * Usec.PerHour => $"{d / Usec.PerHour}h{suffix}",
            >= Usec.PerHour => $"{d / Usec.PerHour}h {d % Usec.PerHour / Usec.PerMinute}min{suffix}",
            >= 5 * Usec.PerMinute => $"{d / Usec.PerMinute}min{suffix}",
            >= Usec.PerMinute => $"{d / Usec.PerMinute}min {d % Usec.PerMinute / Usec.PerSec}s{suffix}",
            >= Usec.PerSec => $"{d / Usec.PerSec}s{suffix}",
            >= Usec.PerMsec => $"{d / Usec.PerMsec}ms{suffix}",
            > 0 => $"{d}us{suffix}",
            _ => "now",
        };
    }

    private static string Count(ulong n, string what) => n == 1 ? $"1 {what}" : $"{n} {what}s";

    private static unsafe void AppendZone(LibC.tm tm, ref ByteBuilder output)
    {
        if (tm.tm_zone != null) { output.Append(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(tm.tm_zone)); }
    }

    private static Errno Shift(ReadOnlySpan<byte> span, Usec now, bool back, out Usec value)
    {
        Errno e = TimeSpanText.Parse(span, out value);
        if (e.Failed) { return e; }
        if (back ? value > now : value.Value > ulong.MaxValue - now.Value) { return Errno.EINVAL; }
        value = back ? new Usec(now.Value - value.Value) : now + value;
        return Errno.None;
    }

    private static Errno ParseDate(ReadOnlySpan<byte> text, Usec now, out Usec value)
    {
        value = Usec.Zero;
        bool utc = TakeZone(ref text, out int dst);
        if (!LocalTime.TryBreak((long)(now.Value / Usec.PerSec), utc, out LibC.tm tm)) { return Errno.EINVAL; }
        tm.tm_isdst = dst;
        uint usec = 0;
        int weekday = -1;
        int shift = text.SequenceEqual("today"u8) ? 0 : text.SequenceEqual("yesterday"u8) ? -1 : text.SequenceEqual("tomorrow"u8) ? 1 : int.MinValue;
        if (shift != int.MinValue)
        {
            tm.tm_mday += shift;
            tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
        }
        else
        {
            weekday = TakeWeekday(ref text);
            if (!TakeFields(text, ref tm, out usec)) { return Errno.EINVAL; }
        }
        if (!LocalTime.TryMake(ref tm, utc, out long seconds) || seconds < 0) { return Errno.EINVAL; }
        if (weekday >= 0 && tm.tm_wday != weekday) { return Errno.EINVAL; }
        ulong sum = ((ulong)seconds * Usec.PerSec) + usec;
        if (sum > MaxFormattable) { return Errno.EINVAL; }
        value = new Usec(sum);
        return Errno.None;
    }

    /// <summary>" UTC", or the local zone's name of summer or winter.</summary>
    private static bool TakeZone(ref ReadOnlySpan<byte> text, out int dst)
    {
        dst = -1;
        int space = text.LastIndexOf((byte)' ');
        if (space <= 0) { return false; }
        ReadOnlySpan<byte> word = text[(space + 1)..];
        if (word.IsEmpty || !Ascii.IsLetter(word[0])) { return false; }
        if (Ascii.EqualsIgnoreCase(word, "UTC"u8))
        {
            text = text[..space];
            return true;
        }
        for (int i = 0; i <= 1; i++)
        {
            string name = LocalTime.ZoneName(i);
            if (name.Length > 0 && System.Text.Ascii.EqualsIgnoreCase(word, name))
            {
                dst = i;
                text = text[..space];
                break;
            }
        }
        return false;
    }

    private static int TakeWeekday(ref ReadOnlySpan<byte> text)
    {
        foreach ((string name, int number) in s_dayWords)
        {
            if (text.Length > name.Length && text[name.Length] == (byte)' ' && System.Text.Ascii.EqualsIgnoreCase(text[..name.Length], name))
            {
                text = text[(name.Length + 1)..];
                return number;
            }
        }
        return -1;
    }

    /// <summary>[YEAR-MONTH-DAY] [HOUR:MINUTE[:SECOND[.FRACTION]]]</summary>
    private static bool TakeFields(ReadOnlySpan<byte> text, ref LibC.tm tm, out uint usec)
    {
        usec = 0;
        bool hasDate = text.Contains((byte)'-');
        if (hasDate && !TakeDate(ref text, ref tm)) { return false; }
        if (hasDate && text.IsEmpty)
        {
            tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
            return true;
        }
        if (hasDate && text[0] != (byte)' ') { return false; }
        if (!TakeNumber(ref text, 2, 23, out tm.tm_hour) || !TakeByte(ref text, (byte)':') || !TakeNumber(ref text, 2, 59, out tm.tm_min)) { return false; }
        tm.tm_sec = 0;
        if (text.IsEmpty) { return true; }
        if (!TakeByte(ref text, (byte)':') || !TakeNumber(ref text, 2, 61, out tm.tm_sec)) { return false; }
        return text.IsEmpty || (hasDate && TakeFraction(text, out usec));
    }

    private static bool TakeDate(ref ReadOnlySpan<byte> text, ref LibC.tm tm)
    {
        int before = text.Length;
        if (!TakeNumber(ref text, 4, 9999, out int year)) { return false; }
        int digits = before - text.Length;
        if (digits == 3) { return false; }
        tm.tm_year = digits <= 2 ? (year < 69 ? year + 100 : year) : year - 1900;
        if (!TakeByte(ref text, (byte)'-') || !TakeNumber(ref text, 2, 12, out int month) || month == 0) { return false; }
        if (!TakeByte(ref text, (byte)'-') || !TakeNumber(ref text, 2, 31, out tm.tm_mday) || tm.tm_mday == 0) { return false; }
        tm.tm_mon = month - 1;
        return true;
    }

    private static bool TakeFraction(ReadOnlySpan<byte> text, out uint usec)
    {
        usec = 0;
        if (text.Length < 2 || text[0] != (byte)'.') { return false; }
        uint weight = 100000;
        for (int i = 1; i < text.Length; i++)
        {
            if (!Ascii.IsDigit(text[i])) { return false; }
            usec += (uint)(text[i] - '0') * weight;
            if (i == 7 && text[i] >= (byte)'5') { usec++; }
            weight /= 10;
        }
        return true;
    }

    private static bool TakeByte(ref ReadOnlySpan<byte> text, byte c)
    {
        if (text.IsEmpty || text[0] != c) { return false; }
        text = text[1..];
        return true;
    }

    private static bool TakeNumber(ref ReadOnlySpan<byte> text, int digits, int max, out int value)
    {
        value = 0;
        text = Ascii.SkipWhite(text);
        int i = 0;
        for (; i < digits && i < text.Length && Ascii.IsDigit(text[i]); i++) { value = (value * 10) + (text[i] - '0'); }
        text = text[i..];
        return i > 0 && value <= max;
    }
}
