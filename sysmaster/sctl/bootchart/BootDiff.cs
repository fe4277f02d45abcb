namespace SysMaster.Sctl.BootChart;

/// <summary>Two boots beside each other: whose start took longer or shorter, who is new, who is gone.</summary>
internal static class BootDiff
{
    private const long Notable = 5000;   // µs

    private readonly record struct Change(string Unit, BootUnit? Before, BootUnit? Now)
    {
        public long Took => (long)(Now?.Took ?? 0) - (long)(Before?.Took ?? 0);
    }

    public static int Print(BootRecord before, BootRecord now, bool json)
    {
        var earlier = before.Units.ToDictionary(static u => u.Name, StringComparer.Ordinal);
        var later = now.Units.ToDictionary(static u => u.Name, StringComparer.Ordinal);
        List<Change> changes = [.. earlier.Keys.Union(later.Keys).Select(name => new Change(name, earlier.GetValueOrDefault(name), later.GetValueOrDefault(name)))];
        changes.Sort(static (a, b) => Math.Abs(b.Took) != Math.Abs(a.Took) ? Math.Abs(b.Took).CompareTo(Math.Abs(a.Took)) : string.CompareOrdinal(a.Unit, b.Unit));
        if (json) { return Json(before, now, changes); }
        Console.WriteLine($"{BootSvg.Time(before.When)}: {BootSvg.Seconds(Took(before))}; {BootSvg.Time(now.When)}: {BootSvg.Seconds(Took(now))} ({Signed((long)Took(now) - (long)Took(before))})");
        foreach (Change change in changes)
        {
            if (change.Before is null) { Console.WriteLine($"new   {change.Unit}: {BootSvg.Seconds(change.Now!.Took)}"); }
            else if (change.Now is null) { Console.WriteLine($"gone  {change.Unit}: {BootSvg.Seconds(change.Before.Took)}"); }
            else if (Math.Abs(change.Took) >= Notable) { Console.WriteLine($"{Signed(change.Took),10}  {change.Unit}: {BootSvg.Seconds(change.Before.Took)} → {BootSvg.Seconds(change.Now.Took)}"); }
        }
        return 0;
    }

    private static ulong Took(BootRecord boot) => boot.Finished - boot.Userspace;

    private static string Signed(long usec) => (usec < 0 ? "-" : "+") + BootSvg.Seconds((ulong)Math.Abs(usec));

    private static int Json(BootRecord before, BootRecord now, List<Change> changes) => BootChartCommand.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("before_usec", Took(before));
        writer.WriteNumber("now_usec", Took(now));
        writer.WriteStartArray("units");
        foreach (Change change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("unit", change.Unit);
            if (change.Before is { } b) { writer.WriteNumber("before_usec", b.Took); }
            if (change.Now is { } n) { writer.WriteNumber("now_usec", n.Took); }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
