namespace SysMaster.UnitConverter.Formats.Cron;

/// <summary>When a crontab line runs, as OnCalendar= lines.</summary>
/// <param name="Calendars">One, or two where cron joins its day fields with "or"; empty for @reboot.</param>
internal sealed record CronSchedule(IReadOnlyList<string> Calendars)
{
    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public bool IsReboot => Calendars.Count == 0;

    /// <param name="word">"@daily" and the like.</param>
    public static CronSchedule? OfWord(string word) => word switch
    {
        "@reboot" => new([]),
        "@yearly" or "@annually" => new(["*-01-01 00:00:00"]),
        "@monthly" => new(["*-*-01 00:00:00"]),
        // systemd's own "weekly" is Monday; cron's is Sunday.
        "@weekly" => new(["Sun *-*-* 00:00:00"]),
        "@daily" or "@midnight" => new(["*-*-* 00:00:00"]),
        "@hourly" => new(["*-*-* *:00:00"]),
        _ => null,
    };

    /// <param name="fields">Minute, hour, day of month, month, day of week.</param>
    /// <param name="bad">Which field is wrong, for people.</param>
    public static CronSchedule? Parse(ReadOnlySpan<string> fields, out string bad)
    {
        CronField? minute = CronField.Parse(fields[0], 0, 59), hour = CronField.Parse(fields[1], 0, 23);
        CronField? day = CronField.Parse(fields[2], 1, 31), month = CronField.Parse(fields[3], 1, 12, s_months, 1), weekday = CronField.ParseWeekdays(fields[4]);
        bad = minute is null ? $"minute \"{fields[0]}\"" : hour is null ? $"hour \"{fields[1]}\"" : day is null ? $"day of month \"{fields[2]}\""
            : month is null ? $"month \"{fields[3]}\"" : weekday is null ? $"day of week \"{fields[4]}\"" : "";
        if (minute is null || hour is null || day is null || month is null || weekday is null) { return null; }
        string time = $"{hour.ToCalendar()}:{minute.ToCalendar()}:00", days = weekday.ToWeekdays();
        string One(string weekdays, string dayOfMonth) => $"{(weekdays.Length == 0 ? "" : weekdays + " ")}*-{month.ToCalendar()}-{dayOfMonth} {time}";
        // man 5 crontab: when both day fields are restricted (do not begin with "*"), either is enough.
        return day.BeginsWithStar || weekday.BeginsWithStar
            ? new([One(days, day.ToCalendar())])
            : new(Distinct(One("", day.ToCalendar()), One(days, "*")));
    }

    private static string[] Distinct(string a, string b) => a == b ? [a] : [a, b];
}
