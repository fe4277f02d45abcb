namespace SysMaster.UnitConverter.Formats.Cron;

/// <summary>One of the five time fields of a crontab line as the set of values it names. man 5 crontab.</summary>
internal sealed class CronField
{
    private readonly bool[] _on;
    private readonly int _low;

    private CronField(int low, int high) => (_low, _on) = (low, new bool[high - low + 1]);

    /// <summary>The text begins with an asterisk: cron's own test for the rule that joins the two day fields.</summary>
    public bool BeginsWithStar { get; private init; }

    public bool IsAll => Array.TrueForAll(_on, on => on);

    public bool Has(int value) => value >= _low && value < _low + _on.Length && _on[value - _low];

    /// <param name="text">As written.</param>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest.</param>
    /// <param name="names">Words for values from <paramref name="namesFrom"/> up; null when there are none.</param>
    /// <param name="namesFrom">What the first word stands for.</param>
    /// <returns>Null when the text is no such field.</returns>
    public static CronField? Parse(string text, int low, int high, string[]? names = null, int namesFrom = 0)
    {
        var field = new CronField(low, high) { BeginsWithStar = text.StartsWith('*') };
        foreach (string part in text.Split(','))
        {
            if (!field.Add(part, names, namesFrom)) { return null; }
        }
        return field;
    }

    /// <summary>Sunday is 0 and 7.</summary>
    public static CronField? ParseWeekdays(string text)
    {
        CronField? field = Parse(text, 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]);
        if (field is null) { return null; }
        field._on[0] = field._on[7] |= field._on[0];
        return field;
    }

    /// <summary>As a part of OnCalendar=: "*", a step, or values and ranges.</summary>
    public string ToCalendar(int width = 2)
    {
        if (IsAll) { return "*"; }
        return Step() is { } step ? step : Ranges(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(width, '0'), _low, _low + _on.Length - 1);
    }

    /// <summary>"Mon..Fri,Sun"; empty for every day.</summary>
    public string ToWeekdays()
    {
        string[] words = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        for (int day = 1; ; day++)
        {
            if (day == 8) { return ""; }
            if (!Has(day)) { break; }
        }
        return Ranges(day => words[day], 1, 7);
    }

    private string? Step()
    {
        int[] values = [.. Enumerable.Range(_low, _on.Length).Where(Has)];
        if (values.Length < 3) { return null; }
        int step = values[1] - values[0];
        if (step < 2 || values[0] - step >= _low || values[^1] + step < _low + _on.Length) { return null; }
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] - values[i - 1] != step) { return null; }
        }
        return System.Globalization.CultureInfo.InvariantCulture is var c ? string.Create(c, $"{values[0]:00}/{step}") : null;
    }

    private string Ranges(Func<int, string> word, int from, int to)
    {
        var parts = new List<string>();
        for (int value = from; value <= to; value++)
        {
            if (!Has(value)) { continue; }
            int end = value;
            while (end < to && Has(end + 1)) { end++; }
            if (end >= value + 2) { parts.Add($"{word(value)}..{word(end)}"); }
            else
            {
                parts.Add(word(value));
                if (end > value) { parts.Add(word(end)); }
            }
            value = end;
        }
        return string.Join(",", parts);
    }

    private bool Add(string part, string[]? names, int namesFrom)
    {
        int step = 1;
        int slash = part.IndexOf('/', StringComparison.Ordinal);
        string range = slash < 0 ? part : part[..slash];
        if (slash >= 0 && (!int.TryParse(part[(slash + 1)..], System.Globalization.NumberStyles.None, null, out step) || step < 1)) { return false; }
        int high = _low + _on.Length - 1;
        int from = _low, to = high;
        if (range != "*")
        {
            int dash = range.IndexOf('-', StringComparison.Ordinal);
            if (!TryValue(dash < 0 ? range : range[..dash], names, namesFrom, out from)) { return false; }
            if (dash < 0) { to = slash < 0 ? from : high; }
            else if (!TryValue(range[(dash + 1)..], names, namesFrom, out to) || to < from) { return false; }
        }
        else if (high == 7 && names is not null) { to = 6; }
        for (long value = from; value <= to; value += step) { _on[value - _low] = true; }
        return true;
    }

    private bool TryValue(string text, string[]? names, int namesFrom, out int value)
    {
        int index = names is null ? -1 : Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (index >= 0) { value = index + namesFrom; }
        else if (!int.TryParse(text, System.Globalization.NumberStyles.None, null, out value)) { return false; }
        return value >= _low && value < _low + _on.Length;
    }
}
