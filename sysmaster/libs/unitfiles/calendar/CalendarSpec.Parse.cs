using SysMaster.Linux;
using System.Text;

namespace SysMaster.UnitFiles;

/// <summary>Reading calendar expressions.</summary>
public sealed partial class CalendarSpec
{
    private const int MaxParts = 240;

    private static readonly (string Name, int Number)[] s_days =
    [
        ("Monday", 0), ("Mon", 0), ("Tuesday", 1), ("Tue", 1), ("Wednesday", 2), ("Wed", 2), ("Thursday", 3), ("Thu", 3),
        ("Friday", 4), ("Fri", 4), ("Saturday", 5), ("Sat", 5), ("Sunday", 6), ("Sun", 6),
    ];

    public static bool TryParse(ReadOnlySpan<byte> text, out CalendarSpec? spec) => !Parse(text, out spec).Failed;

    /// <returns>EINVAL; ERANGE for a step of 0 and numbers that do not fit.</returns>
    public static Errno Parse(ReadOnlySpan<byte> text, out CalendarSpec? spec)
    {
        spec = null;
        var parsed = new CalendarSpec();
        parsed.TakeZone(ref text);
        if (text.IsEmpty) { return Errno.EINVAL; }
        if (!parsed.TakeShorthand(text))
        {
            Errno e = parsed.TakeExpression(text);
            if (e.Failed) { return e; }
        }
        parsed.Normalize();
        if (!parsed.IsInRange()) { return Errno.EINVAL; }
        spec = parsed;
        return Errno.None;
    }

    private void TakeZone(ref ReadOnlySpan<byte> text)
    {
        int space = text.LastIndexOf((byte)' ');
        if (space < 0) { return; }
        ReadOnlySpan<byte> word = text[(space + 1)..];
        if (Ascii.EqualsIgnoreCase(word, "UTC"u8))
        {
            _utc = true;
            text = text[..space];
            return;
        }
        if (word.IsEmpty || !Ascii.IsLetter(word[0])) { return; }   // what begins with a digit or "*" is a time: spare the look at the zones
        for (int dst = 0; dst <= 1; dst++)
        {
            string name = LocalTime.ZoneName(dst);
            if (name.Length > 0 && System.Text.Ascii.EqualsIgnoreCase(word, name))
            {
                _dst = dst;
                _dstName = name;
                text = text[..space];
                return;
            }
        }
        if (LocalTime.IsZone(word))
        {
            _zone = Encoding.UTF8.GetString(word);
            text = text[..space];
        }
    }

    private bool TakeShorthand(ReadOnlySpan<byte> text)
    {
        if (!Ascii.IsLetter(text[0])) { return false; }
        (int weekdays, int[]? months, bool day, bool hour, bool minute) = Encoding.UTF8.GetString(text).ToLowerInvariant() switch
        {
            "minutely" => (-1, null, false, false, false),
            "hourly" => (-1, null, false, false, true),
            "daily" => (-1, null, false, true, true),
            "monthly" => (-1, null, true, true, true),
            "annually" or "yearly" or "anually" => (-1, [1], true, true, true),
            "weekly" => (1, null, false, true, true),
            "quarterly" => (-1, [1, 4, 7, 10], true, true, true),
            "biannually" or "bi-annually" or "semiannually" or "semi-annually" => (-1, [1, 7], true, true, true),
            _ => (0, (int[]?)null, false, false, false),
        };
        if (weekdays == 0) { return false; }
        _weekdays = weekdays;
        _month = months is null ? [] : Array.ConvertAll(months, static m => new CalendarPart(m, -1, 0));
        _day = day ? [new CalendarPart(1, -1, 0)] : [];
        _hour = hour ? [new CalendarPart(0, -1, 0)] : [];
        _minute = minute ? [new CalendarPart(0, -1, 0)] : [];
        _usec = [new CalendarPart(0, -1, 0)];
        return true;
    }

    private Errno TakeExpression(ReadOnlySpan<byte> text)
    {
        Errno e = TakeWeekdays(ref text);
        if (e.Failed) { return e; }
        if (!text.IsEmpty && text[0] == (byte)'@') { return TakeUnixTime(text[1..]); }
        e = TakeDate(ref text);
        return e.Failed ? e : TakeTime(text);
    }

    private Errno TakeWeekdays(ref ReadOnlySpan<byte> text)
    {
        int from = -1;
        int bits = 0;
        for (bool first = true; ; first = false)
        {
            int day = TakeDay(ref text);
            if (day < 0)
            {
                // No day at all: it is a date. "Foo" is refused there.
                _weekdays = bits == 0 ? -1 : bits;
                return first ? Errno.None : Errno.EINVAL;
            }
            if (!text.IsEmpty && text[0] is not ((byte)'-' or (byte)'.' or (byte)',' or (byte)' ')) { return Errno.EINVAL; }
            bits |= 1 << day;
            if (from > day) { return Errno.EINVAL; }
            for (int i = from + 1; from >= 0 && i < day; i++) { bits |= 1 << i; }
            _weekdays = bits;
            if (text.IsEmpty) { return Errno.None; }
            bool range = from >= 0;
            from = -1;
            switch (text[0])
            {
                case (byte)',':
                    text = text[1..];
                    break;
                case (byte)'.' when !range && text.Length > 1 && text[1] == (byte)'.':
                    from = day;
                    text = text[2..];
                    break;
                case (byte)'-' when !range:   // as older versions wrote ranges
                    from = day;
                    text = text[1..];
                    break;
                case (byte)' ': break;
                default: return Errno.EINVAL;
            }
            if (text.IsEmpty || text[0] == (byte)' ')
            {
                text = text.TrimStart((byte)' ');
                return from < 0 ? Errno.None : Errno.EINVAL;   // a comma may trail, a range may not stay open
            }
        }
    }

    private static int TakeDay(ref ReadOnlySpan<byte> text)
    {
        foreach ((string name, int number) in s_days)
        {
            if (text.Length >= name.Length && System.Text.Ascii.EqualsIgnoreCase(text[..name.Length], name))
            {
                text = text[name.Length..];
                return number;
            }
        }
        return -1;
    }

    /// <summary>"@SECONDS": that moment, in UTC.</summary>
    private Errno TakeUnixTime(ReadOnlySpan<byte> text)
    {
        Errno e = NumberText.ParseDigits(text, 10, out ulong seconds);
        if (e.Failed) { return e; }
        if (seconds > int.MaxValue * 64UL || !LocalTime.TryBreak((long)seconds, utc: true, out LibC.tm tm)) { return Errno.ERANGE; }
        _year = Constant(tm.tm_year + 1900);
        _month = Constant(tm.tm_mon + 1);
        _day = Constant(tm.tm_mday);
        _hour = Constant(tm.tm_hour);
        _minute = Constant(tm.tm_min);
        _usec = Constant(tm.tm_sec * UsecPerSec);
        _utc = true;
        return Errno.None;
    }

    private static CalendarPart[] Constant(int value) => [new CalendarPart(value, -1, 0)];

    private Errno TakeDate(ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) { return Errno.None; }
        ReadOnlySpan<byte> rest = text;
        Errno e = TakeParts(ref rest, false, out CalendarPart[] first);
        if (e.Failed) { return e; }
        if (rest.IsEmpty || rest[0] == (byte)':') { return Errno.None; }   // it was a time
        bool end = rest[0] == (byte)'~';
        if (!end && rest[0] != (byte)'-') { return Errno.EINVAL; }
        rest = rest[1..];
        e = TakeParts(ref rest, false, out CalendarPart[] second);
        if (e.Failed) { return e; }
        if (rest.IsEmpty || rest[0] == (byte)' ')
        {
            (_month, _day, _endOfMonth) = (first, second, end);
            text = rest.TrimStart((byte)' ');
            return Errno.None;
        }
        if (end) { return Errno.EINVAL; }
        end = rest[0] == (byte)'~';
        if (!end && rest[0] != (byte)'-') { return Errno.EINVAL; }
        rest = rest[1..];
        e = TakeParts(ref rest, false, out CalendarPart[] third);
        if (e.Failed) { return e; }
        if (!rest.IsEmpty && rest[0] != (byte)' ') { return Errno.EINVAL; }
        (_year, _month, _day, _endOfMonth) = (first, second, third, end);
        text = rest.TrimStart((byte)' ');
        return Errno.None;
    }

    private Errno TakeTime(ReadOnlySpan<byte> text)
    {
        _hour = _minute = _usec = Constant(0);
        if (text.IsEmpty) { return Errno.None; }
        Errno e = TakeParts(ref text, false, out _hour);
        if (e.Failed) { return e; }
        if (text.IsEmpty || text[0] != (byte)':') { return Errno.EINVAL; }
        text = text[1..];
        e = TakeParts(ref text, false, out _minute);
        if (e.Failed || text.IsEmpty) { return e; }
        if (text[0] != (byte)':') { return Errno.EINVAL; }
        text = text[1..];
        e = TakeParts(ref text, true, out _usec);
        return e.Failed ? e : text.IsEmpty ? Errno.None : Errno.EINVAL;
    }

    /// <summary>"*", or parts with commas between them.</summary>
    private static Errno TakeParts(ref ReadOnlySpan<byte> text, bool usec, out CalendarPart[] parts)
    {
        parts = [];
        if (!text.IsEmpty && text[0] == (byte)'*')
        {
            text = text[1..];
            if (usec) { parts = [new CalendarPart(0, -1, UsecPerSec)]; }
            return Errno.None;
        }
        var list = new List<CalendarPart>();
        while (true)
        {
            Errno e = TakePart(ref text, usec, out CalendarPart part);
            if (e.Failed) { return e; }
            list.Add(part);
            if (list.Count > MaxParts) { return Errno.ENOBUFS; }
            if (text.IsEmpty || text[0] != (byte)',') { break; }
            text = text[1..];
        }
        parts = list.ToArray();
        return Errno.None;
    }

    private static Errno TakePart(ref ReadOnlySpan<byte> text, bool usec, out CalendarPart part)
    {
        part = default;
        int stop = -1;
        int repeat = 0;
        Errno e = TakeNumber(ref text, usec, out int start);
        if (e.Failed) { return e; }
        if (text.StartsWith(".."u8))
        {
            text = text[2..];
            e = TakeNumber(ref text, usec, out stop);
            if (e.Failed) { return e; }
            repeat = usec ? UsecPerSec : 1;
        }
        if (!text.IsEmpty && text[0] == (byte)'/')
        {
            text = text[1..];
            e = TakeNumber(ref text, usec, out repeat);
            if (e.Failed) { return e; }
            if (repeat == 0) { return Errno.ERANGE; }
        }
        else if (usec && stop >= 0 && stop < start + repeat) { return Errno.EINVAL; }   // seen in systemd 252; with a step it is taken
        if (!text.IsEmpty && text[0] is not ((byte)' ' or (byte)',' or (byte)'-' or (byte)'~' or (byte)':')) { return Errno.EINVAL; }
        part = new CalendarPart(start, stop, repeat);
        return Errno.None;
    }

    /// <summary>Digits, for seconds with up to six behind a dot; the seventh rounds.</summary>
    private static Errno TakeNumber(ref ReadOnlySpan<byte> text, bool usec, out int value)
    {
        value = 0;
        int i = 0;
        long sum = 0;
        for (; i < text.Length && Ascii.IsDigit(text[i]); i++)
        {
            sum = (sum * 10) + (text[i] - '0');
            if (sum > int.MaxValue) { return Errno.ERANGE; }
        }
        if (i == 0) { return Errno.EINVAL; }
        if (usec)
        {
            sum *= UsecPerSec;
            if (i + 1 < text.Length && text[i] == (byte)'.' && text[i + 1] != (byte)'.')
            {
                i++;
                int weight = UsecPerSec / 10;
                for (; i < text.Length && Ascii.IsDigit(text[i]); i++)
                {
                    if (weight == 0)
                    {
                        sum += text[i] >= (byte)'5' ? 1 : 0;
                        while (i < text.Length && Ascii.IsDigit(text[i])) { i++; }
                        break;
                    }
                    sum += (text[i] - '0') * weight;
                    weight /= 10;
                }
            }
            if (sum > int.MaxValue) { return Errno.ERANGE; }
        }
        value = (int)sum;
        text = text[i..];
        return Errno.None;
    }

    private void Normalize()
    {
        if (_weekdays is <= 0 or >= 127) { _weekdays = -1; }
        if (_endOfMonth && _day.Length == 0) { _endOfMonth = false; }
        for (int i = 0; i < _year.Length; i++) { _year[i] = _year[i] with { Start = FullYear(_year[i].Start), Stop = FullYear(_year[i].Stop) }; }
        _year = Sorted(_year);
        _month = Sorted(_month);
        _day = Sorted(_day);
        _hour = Sorted(_hour);
        _minute = Sorted(_minute);
        _usec = Sorted(_usec);
    }

    private static int FullYear(int year) => year is >= 0 and < 70 ? year + 2000 : year is >= 70 and < 100 ? year + 1900 : year;

    /// <summary>In order, once each; a range ends on its last step, and one whose step leads out of it is its first value.</summary>
    private static CalendarPart[] Sorted(CalendarPart[] parts)
    {
        if (parts.Length == 0) { return parts; }
        var set = new SortedSet<CalendarPart>();
        foreach (CalendarPart part in parts)
        {
            bool once = part.Start == part.Stop || (part.Stop > part.Start && part.Repeat > part.Stop - part.Start);
            set.Add(once ? new CalendarPart(part.Start, -1, 0)
                : part.Stop > part.Start && part.Repeat > 0 ? part with { Stop = part.Stop - ((part.Stop - part.Start) % part.Repeat) }
                : part);
        }
        var sorted = new CalendarPart[set.Count];
        set.CopyTo(sorted);
        return sorted;
    }

    private bool IsInRange()
        => InRange(_year, LocalTime.MinYear, LocalTime.MaxYear, false) && InRange(_month, 1, 12, false) && InRange(_day, 1, 31, _endOfMonth)
            && InRange(_hour, 0, 23, false) && InRange(_minute, 0, 59, false) && InRange(_usec, 0, (60 * UsecPerSec) - 1, false);

    private static bool InRange(CalendarPart[] parts, int from, int to, bool backwards)
    {
        foreach (CalendarPart part in parts)
        {
            if (backwards) { to -= 3; }   // 28 for the first; that each further part may reach three days less far is systemd 252's doing, kept
            if (part.Start < from || part.Start > to || part.Repeat > to - from) { return false; }
            bool fits = part.Stop >= 0 ? part.Stop >= from && part.Stop <= to && part.Start + part.Repeat <= part.Stop
                : backwards ? part.Start - part.Repeat >= from : part.Start + part.Repeat <= to;
            if (!fits) { return false; }
        }
        return true;
    }
}
