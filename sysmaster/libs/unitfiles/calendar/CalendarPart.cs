namespace SysMaster.UnitFiles;

/// <summary>One "start..stop/repeat" of a component. Seconds count microseconds.</summary>
/// <param name="Start">First value; with "~" counted from the month's end.</param>
/// <param name="Stop">Last value, -1 without one.</param>
/// <param name="Repeat">Step, 0 without one.</param>
internal readonly record struct CalendarPart(int Start, int Stop, int Repeat) : IComparable<CalendarPart>
{
    public int CompareTo(CalendarPart other)
        => Start != other.Start ? Start.CompareTo(other.Start) : Stop != other.Stop ? Stop.CompareTo(other.Stop) : Repeat.CompareTo(other.Repeat);
}
