using SysMaster.DBus.Client;
using SysMaster.DBus.Wire;

namespace SysMaster.Sctl.Plan;

/// <summary>What the manager answers: see PlanInterface of compat/dbus/systemd1.</summary>
internal sealed record PlannedJobs(string Unit, IReadOnlyList<PlannedJob> Jobs, IReadOnlyList<PlannedDrop> Dropped, string[] Unchanged, IReadOnlyList<PlannedDrop> Cancelled, string RefusalName, string Refusal)
{
    private const string Answer = "a(sssbba(ssb)as)a(sss)asa(sss)ss";

    /// <returns>Null with the reason, for people.</returns>
    public static PlannedJobs? Ask(ManagerBus bus, string unit, string type, string mode, out string? failure)
    {
        PlannedJobs? plan = null;
        failure = bus.Call("/org/sysmaster/plan", "org.sysmaster.Plan", "Plan", "sss", w => { w.WriteString(unit); w.WriteString(type); w.WriteString(mode); }, Answer, reader => plan = Read(unit, reader));
        return plan;
    }

    /// <summary>Those that wait for nothing in the plan first, each after all that it waits for; the manager has seen to it that there is no cycle.</summary>
    public IEnumerable<(int Step, PlannedJob Job)> InOrder()
    {
        var steps = new Dictionary<string, int>(StringComparer.Ordinal);
        var left = new List<PlannedJob>(Jobs);
        for (int step = 1; left.Count > 0; step++)
        {
            var names = new HashSet<string>(left.Select(static job => job.Unit), StringComparer.Ordinal);
            List<PlannedJob> ready = left.FindAll(job => !job.After.Any(other => other != job.Unit && names.Contains(other)));
            if (ready.Count == 0) { ready = left.ToList(); }
            foreach (PlannedJob job in ready)
            {
                yield return (step, job);
                left.Remove(job);
            }
        }
    }

    private static PlannedJobs Read(string unit, MessageReader reader)
    {
        var jobs = new List<PlannedJob>();
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string name = reader.ReadText(), type = reader.ReadText(), queued = reader.ReadText();
            bool replaces = reader.ReadBoolean(), matters = reader.ReadBoolean();
            var reasons = new List<PlannedReason>();
            ArrayToken inner = reader.BeginArray(8);
            while (reader.HasNext(inner))
            {
                reader.BeginStruct();
                reasons.Add(new PlannedReason(reader.ReadText(), reader.ReadText(), reader.ReadBoolean()));
            }
            reader.EndArray(inner);
            jobs.Add(new PlannedJob(name, type, queued, replaces, matters, reasons, reader.ReadTexts()));
        }
        reader.EndArray(array);
        return new PlannedJobs(unit, jobs, Drops(ref reader), reader.ReadTexts(), Drops(ref reader), reader.ReadText(), reader.ReadText());
    }

    private static List<PlannedDrop> Drops(ref MessageReader reader)
    {
        var drops = new List<PlannedDrop>();
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            drops.Add(new PlannedDrop(reader.ReadText(), reader.ReadText(), reader.ReadText()));
        }
        reader.EndArray(array);
        return drops;
    }
}

/// <param name="Queued">Type of the job that the unit has already; empty without one.</param>
internal sealed record PlannedJob(string Unit, string Type, string Queued, bool Replaces, bool Matters, IReadOnlyList<PlannedReason> Reasons, string[] After);

/// <param name="By">The unit whose job pulls it in.</param>
/// <param name="How">By which dependency, or mode.</param>
internal sealed record PlannedReason(string By, string How, bool IsNeeded);

internal sealed record PlannedDrop(string Unit, string Type, string Why);
