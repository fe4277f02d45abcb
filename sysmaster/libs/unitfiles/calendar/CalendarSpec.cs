namespace SysMaster.UnitFiles;

/// <summary>
/// A calendar expression: OnCalendar=. man 7 systemd.time, "Calendar events". A component without parts is "*". Immutable once parsed.
/// Printing gives systemd's normal form; <see cref="TryParse"/> of that gives the same expression.
/// </summary>
public sealed partial class CalendarSpec : IEquatable<CalendarSpec>
{
    internal const int UsecPerSec = 1_000_000;

    private static readonly string[] s_dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private int _weekdays = -1;      // bit 0 is Monday; -1: any
    private bool _endOfMonth;        // "~": the day counts from the month's end
    private bool _utc;
    private int _dst = -1;           // the local zone was named by its winter (0) or summer (1) name
    private string? _dstName;
    private string? _zone;
    private CalendarPart[] _year = [];
    private CalendarPart[] _month = [];
    private CalendarPart[] _day = [];
    private CalendarPart[] _hour = [];
    private CalendarPart[] _minute = [];
    private CalendarPart[] _usec = [];

    private CalendarSpec() { }

    /// <summary>The zone the expression names, or null: UTC if <see cref="IsUtc"/>, else the machine's.</summary>
    public string? Zone => _zone;

    public bool IsUtc => _utc;

    public bool Equals(CalendarSpec? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as CalendarSpec);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The normal form: "Mon *-*-* 00:00:00".</summary>
    public override string ToString()
    {
        var output = new ByteBuilder(stackalloc byte[128]);
        AppendTo(ref output);
        string text = output.ToString();
        output.Dispose();
        return text;
    }

    public void AppendTo(ref ByteBuilder output)
    {
        if (_weekdays > 0)
        {
            AppendWeekdays(ref output);
            output.Append((byte)' ');
        }
        AppendParts(_year, 4, false, ref output);
        output.Append((byte)'-');
        AppendParts(_month, 2, false, ref output);
        output.Append(_endOfMonth ? (byte)'~' : (byte)'-');
        AppendParts(_day, 2, false, ref output);
        output.Append((byte)' ');
        AppendParts(_hour, 2, false, ref output);
        output.Append((byte)':');
        AppendParts(_minute, 2, false, ref output);
        output.Append((byte)':');
        AppendParts(_usec, 2, true, ref output);
        string? zone = _utc ? "UTC" : _zone ?? _dstName;
        if (zone is not null)
        {
            output.Append((byte)' ');
            output.AppendAscii(zone);
        }
    }

    private void AppendWeekdays(ref ByteBuilder output)
    {
        bool comma = false;
        for (int day = 0; day < 7; day++)
        {
            if ((_weekdays & (1 << day)) == 0) { continue; }
            int last = day;
            while (last < 6 && (_weekdays & (1 << (last + 1))) != 0) { last++; }
            if (comma) { output.Append((byte)','); }
            output.AppendAscii(s_dayNames[day]);
            if (last > day)
            {
                output.Append(last > day + 1 ? ".."u8 : ","u8);
                output.AppendAscii(s_dayNames[last]);
            }
            comma = true;
            day = last;
        }
    }

    private static void AppendParts(CalendarPart[] parts, int digits, bool usec, ref ByteBuilder output)
    {
        if (parts.Length == 0 || (usec && parts is [{ Start: 0, Stop: < 0, Repeat: UsecPerSec }]))
        {
            output.Append((byte)'*');
            return;
        }
        int unit = usec ? UsecPerSec : 1;
        bool comma = false;
        foreach (CalendarPart part in parts)
        {
            if (comma) { output.Append((byte)','); }
            comma = true;
            AppendNumber(part.Start, unit, digits, ref output);
            if (part.Stop > 0)
            {
                output.Append(".."u8);
                AppendNumber(part.Stop, unit, digits, ref output);
            }
            if (part.Repeat > 0 && !(part.Stop > 0 && part.Repeat == unit))
            {
                output.Append((byte)'/');
                AppendNumber(part.Repeat, unit, 1, ref output);
            }
        }
    }

    private static void AppendNumber(int value, int unit, int digits, ref ByteBuilder output)
    {
        output.AppendPadded((ulong)(value / unit), digits);
        if (value % unit == 0) { return; }
        output.Append((byte)'.');
        output.AppendPadded((ulong)(value % unit), 6);
    }
}
