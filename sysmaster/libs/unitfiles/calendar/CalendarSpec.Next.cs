using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>When an expression elapses next.</summary>
public sealed partial class CalendarSpec
{
    /// <summary>As many corrections as any real expression needs many times over: an expression that never holds ends here.</summary>
    private const int MaxIterations = 1000;

    private enum Match { Same, Later, None }

    private enum Bounds { Inside, Moved, Beyond, Backwards }

    /// <summary>The first moment after <paramref name="after"/> that the expression names.</summary>
    /// <param name="after">CLOCK_REALTIME.</param>
    /// <param name="next">CLOCK_REALTIME; untouched meaning when false.</param>
    /// <returns>False when it never elapses again, or only after 2199.</returns>
    /// <remarks>Sets TZ for a moment when the expression names a zone: the process must be of one thread.</remarks>
    public bool TryNext(Usec after, out Usec next)
    {
        next = Usec.Infinity;
        if (after.Value >= long.MaxValue) { return false; }
        using var zone = new LocalTime.ZoneScope(_zone);
        ulong from = after.Value + 1;
        if (!LocalTime.TryBreak((long)(from / UsecPerSec), _utc, out LibC.tm tm)) { return false; }
        int usec = (int)(from % UsecPerSec);
        if (!Find(ref tm, ref usec) || !LocalTime.TryMake(ref tm, _utc, out long seconds) || seconds < 0) { return false; }
        next = new Usec(((ulong)seconds * UsecPerSec) + (uint)usec);
        return true;
    }

    /// <summary>
    /// From the largest component to the smallest: the first value that fits and is not before the time at hand; a larger one resets all below it. Where none
    /// fits, the component above goes one on and all begins again. Every candidate goes through mktime, which moves what a zone's clock jumps over.
    /// </summary>
    private bool Find(ref LibC.tm tm, ref int usec)
    {
        LibC.tm c = tm;
        int u = usec;
        for (int i = 0; i < MaxIterations; i++)
        {
            _ = LocalTime.TryMake(ref c, _utc, out _);
            c.tm_isdst = _dst;

            c.tm_year += 1900;
            Match year = Next(_year, ref c, ref c.tm_year, false);
            c.tm_year -= 1900;
            if (year == Match.None) { return false; }
            if (year == Match.Later) { Reset(ref c, ref u, fromMonth: true); }
            if (Check(ref c) != Bounds.Inside) { return false; }

            c.tm_mon++;
            Match month = Next(_month, ref c, ref c.tm_mon, false);
            c.tm_mon--;
            if (month == Match.Later) { Reset(ref c, ref u, fromMonth: false); }
            Bounds bounds = month == Match.None ? Bounds.Beyond : Check(ref c);
            if (bounds is Bounds.Beyond or Bounds.Backwards)
            {
                c.tm_year++;
                Reset(ref c, ref u, fromMonth: true);
                continue;
            }
            if (bounds == Bounds.Moved) { continue; }

            Match day = Next(_day, ref c, ref c.tm_mday, _endOfMonth);
            if (day == Match.Later) { c.tm_hour = c.tm_min = c.tm_sec = u = 0; }
            bounds = day == Match.None ? Bounds.Beyond : Check(ref c);
            if (bounds is Bounds.Beyond or Bounds.Backwards)
            {
                c.tm_mon++;
                c.tm_mday = 1;
                c.tm_hour = c.tm_min = c.tm_sec = u = 0;
                continue;
            }
            if (bounds == Bounds.Moved) { continue; }

            if (!IsOnWeekday(c))
            {
                c.tm_mday++;
                c.tm_hour = c.tm_min = c.tm_sec = u = 0;
                continue;
            }

            Match hour = Next(_hour, ref c, ref c.tm_hour, false);
            if (hour == Match.Later) { c.tm_min = c.tm_sec = u = 0; }
            bounds = hour == Match.None ? Bounds.Beyond : Check(ref c);
            if (bounds is Bounds.Beyond or Bounds.Backwards)
            {
                c.tm_mday++;
                c.tm_hour = c.tm_min = c.tm_sec = u = 0;
                continue;
            }
            if (bounds == Bounds.Moved) { continue; }   // the clock jumps over that hour: on from where it lands

            Match minute = Next(_minute, ref c, ref c.tm_min, false);
            if (minute == Match.Later) { c.tm_sec = u = 0; }
            bounds = minute == Match.None ? Bounds.Beyond : Check(ref c);
            if (bounds is Bounds.Beyond or Bounds.Backwards)
            {
                c.tm_hour++;
                c.tm_min = c.tm_sec = u = 0;
                continue;
            }
            if (bounds == Bounds.Moved) { continue; }

            int second = (c.tm_sec * UsecPerSec) + u;
            Match last = Next(_usec, ref c, ref second, false);
            u = second % UsecPerSec;
            c.tm_sec = second / UsecPerSec;
            bounds = last == Match.None ? Bounds.Beyond : Check(ref c);
            if (bounds is Bounds.Beyond or Bounds.Backwards)
            {
                c.tm_min++;
                c.tm_sec = u = 0;
                continue;
            }
            if (bounds == Bounds.Moved) { continue; }

            tm = c;
            usec = u;
            return true;
        }
        return false;
    }

    private static void Reset(ref LibC.tm c, ref int usec, bool fromMonth)
    {
        if (fromMonth) { c.tm_mon = 0; }
        c.tm_mday = 1;
        c.tm_hour = c.tm_min = c.tm_sec = usec = 0;
    }

    /// <summary>The smallest value of the component that is not below the one at hand.</summary>
    private Match Next(CalendarPart[] parts, ref LibC.tm tm, ref int value, bool fromEnd)
    {
        if (parts.Length == 0) { return Match.Same; }
        int best = int.MaxValue;
        foreach (CalendarPart part in parts)
        {
            int start = part.Start;
            int stop = part.Stop;
            if (fromEnd)
            {
                start = DayFromEnd(tm, start);
                stop = DayFromEnd(tm, stop);
                if (stop > 0) { (start, stop) = (stop, start); }
            }
            if (start >= value) { best = Math.Min(best, start); }
            else if (part.Repeat > 0)
            {
                int steps = (value - start + part.Repeat - 1) / part.Repeat;
                int candidate = start + (steps * part.Repeat);
                if (stop < 0 || candidate <= stop) { best = Math.Min(best, candidate); }
            }
        }
        if (best == int.MaxValue) { return Match.None; }
        bool same = best == value;
        value = best;
        return same ? Match.Same : Match.Later;
    }

    /// <summary>The date of the n-th last day of the month; -1 when the month is shorter.</summary>
    private int DayFromEnd(LibC.tm tm, int day)
    {
        LibC.tm t = tm;
        t.tm_mon++;
        t.tm_mday = 1 - day;
        return !LocalTime.TryMake(ref t, _utc, out _) || t.tm_mon != tm.tm_mon ? -1 : t.tm_mday;
    }

    /// <summary>
    /// Does such a time exist? mktime brings the fields into range, and moves what a clock change leaves out. What a larger field went on by begins anew below
    /// it: the 40th of January is no reason to pass over the 4th of February. (Into another year the day stays, as with systemd.)
    /// </summary>
    private Bounds Check(ref LibC.tm tm)
    {
        if (tm.tm_year + 1900 > LocalTime.MaxYear) { return Bounds.Beyond; }
        LibC.tm t = tm;
        if (!LocalTime.TryMake(ref t, _utc, out _)) { return Bounds.Beyond; }
        int order = Compare(t, tm);
        if (order < 0) { return Bounds.Backwards; }
        if (order == 0) { return Bounds.Inside; }
        if (t.tm_year != tm.tm_year) { t.tm_mon = 0; }
        else if (t.tm_mon != tm.tm_mon) { t.tm_mday = 1; }
        else if (t.tm_mday != tm.tm_mday) { t.tm_hour = 0; }
        else if (t.tm_hour != tm.tm_hour) { t.tm_min = 0; }
        else if (t.tm_min != tm.tm_min) { t.tm_sec = 0; }
        tm = t;
        return Bounds.Moved;
    }

    private static int Compare(in LibC.tm a, in LibC.tm b)
    {
        int order = a.tm_year.CompareTo(b.tm_year);
        if (order == 0) { order = a.tm_mon.CompareTo(b.tm_mon); }
        if (order == 0) { order = a.tm_mday.CompareTo(b.tm_mday); }
        if (order == 0) { order = a.tm_hour.CompareTo(b.tm_hour); }
        if (order == 0) { order = a.tm_min.CompareTo(b.tm_min); }
        return order == 0 ? a.tm_sec.CompareTo(b.tm_sec) : order;
    }

    private bool IsOnWeekday(LibC.tm tm)
    {
        if (_weekdays is < 0 or >= 127) { return true; }
        if (!LocalTime.TryMake(ref tm, _utc, out _)) { return false; }
        int day = tm.tm_wday == 0 ? 6 : tm.tm_wday - 1;
        return (_weekdays & (1 << day)) != 0;
    }
}
