using System.Text.Json;

namespace SysMaster.Sctl.BootChart;

/// <summary>One boot: when what was started, and what each waited for. Times are µs since the kernel began (CLOCK_MONOTONIC).</summary>
/// <param name="BootId">As in /proc/sys/kernel/random/boot_id, without dashes.</param>
/// <param name="When">Of the kernel's start, µs since 1970.</param>
/// <param name="Userspace">When PID 1 began.</param>
/// <param name="Finished">When the last job of the boot had ended.</param>
/// <param name="Goal">The unit that default.target stands for.</param>
internal sealed record BootRecord(string BootId, ulong When, ulong Userspace, ulong Finished, string Goal, IReadOnlyList<BootUnit> Units)
{
    /// <summary>From the goal back: each the one that the one before it waited for last.</summary>
    public IReadOnlyList<BootUnit> CriticalChain()
    {
        var byName = Units.ToDictionary(static u => u.Name, StringComparer.Ordinal);
        var chain = new List<BootUnit>();
        for (string? next = Goal; next is not null && byName.TryGetValue(next, out BootUnit? unit) && !chain.Contains(unit); next = unit.Waited?.Unit) { chain.Add(unit); }
        return chain;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("boot_id", BootId);
        writer.WriteNumber("when_usec", When);
        writer.WriteNumber("userspace_usec", Userspace);
        writer.WriteNumber("finished_usec", Finished);
        writer.WriteString("goal", Goal);
        writer.WriteStartArray("units");
        foreach (BootUnit unit in Units)
        {
            writer.WriteStartObject();
            writer.WriteString("unit", unit.Name);
            writer.WriteNumber("start_usec", unit.Start);
            writer.WriteNumber("up_usec", unit.Up);
            if (unit.Waited is { } waited)
            {
                writer.WriteStartObject("waited_for");
                writer.WriteString("unit", waited.Unit);
                writer.WriteString("place", waited.Place);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("critical_chain");
        foreach (BootUnit unit in CriticalChain()) { writer.WriteStringValue(unit.Name); }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <exception cref="JsonException">It is no such record.</exception>
    public static BootRecord Read(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            var units = new List<BootUnit>();
            foreach (JsonElement unit in root.GetProperty("units").EnumerateArray())
            {
                BootWait? waited = unit.TryGetProperty("waited_for", out JsonElement wait) ? new BootWait(wait.GetProperty("unit").GetString()!, wait.GetProperty("place").GetString()!) : null;
                units.Add(new BootUnit(unit.GetProperty("unit").GetString()!, unit.GetProperty("start_usec").GetUInt64(), unit.GetProperty("up_usec").GetUInt64(), waited));
            }
            return new BootRecord(root.GetProperty("boot_id").GetString()!, root.GetProperty("when_usec").GetUInt64(), root.GetProperty("userspace_usec").GetUInt64(),
                root.GetProperty("finished_usec").GetUInt64(), root.GetProperty("goal").GetString()!, units);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException) { throw new JsonException(e.Message, e); }
    }
}

/// <param name="Start">When its start began.</param>
/// <param name="Up">When it was active; <paramref name="Start"/> again where it never was.</param>
internal sealed record BootUnit(string Name, ulong Start, ulong Up, BootWait? Waited)
{
    public ulong Took => Up - Start;
}

/// <summary>What a unit's start waited for last.</summary>
/// <param name="Place">File and line of the order between the two; "by default" where nobody wrote it.</param>
internal sealed record BootWait(string Unit, string Place);
