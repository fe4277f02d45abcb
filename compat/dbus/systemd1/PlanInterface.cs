using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>What a request would do, without doing it: `sctl plan`. Units are loaded for it, as by LoadUnit; nothing else changes.</summary>
internal static class PlanInterface
{
    public const string Path = "/org/sysmaster/plan";

    public static readonly BusInterface<BusFront> Declaration = new("org.sysmaster.Plan")
    {
        Methods =
        [
            new("Plan", "sss", "a(sssbba(ssb)as)a(sss)asa(sss)ss", "unit job_type job_mode jobs dropped unchanged cancelled refusal_name refusal", Access.Anyone, Plan),
        ],
    };

    /// <summary>
    /// Each job: unit, type, type of the queued one it meets or "", whether it replaces it, whether the request fails without it, who pulls it in (unit, dependency,
    /// whether that fails without it), units it waits for. Dropped and cancelled: unit, type, why. A refusal is an answer: with what was known by then.
    /// </summary>
    private static void Plan(BusFront front, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string name = reader.ReadText(), typeWord = reader.ReadText(), modeWord = reader.ReadText();
        if (UnitFinder.Load(front, name, out BusError? error) is not { } unit)
        {
            call.Error(error!.Name, error.Message);
            return;
        }
        if (!JobRequests.TryParse(typeWord, unit, out JobType type))
        {
            call.Error(BusErrors.InvalidArgs, $"Job type {typeWord} invalid");
            return;
        }
        if (JobTypes.ParseMode(modeWord) is not { } mode)
        {
            call.Error(BusErrors.InvalidArgs, $"Job mode {modeWord} invalid");
            return;
        }
        var plan = new TransactionPlan();
        BusError? refusal = JobRequests.Refusal(unit, type) ?? front.Manager.PlanJob(type, unit, mode, plan);
        MessageWriter w = call.BeginReply();
        WriteJobs(w, plan.Jobs);
        WriteDrops(w, plan.Dropped);
        w.WriteStrings([.. plan.Unchanged.Select(static u => u.Text)]);
        WriteDrops(w, plan.Cancelled);
        w.WriteString(refusal?.Name ?? "");
        w.WriteString(refusal?.Message ?? "");
    }

    private static void WriteJobs(MessageWriter w, List<PlannedJob> jobs)
    {
        ArrayMark array = w.BeginArray(8);
        foreach (PlannedJob job in jobs)
        {
            w.BeginStruct();
            w.WriteString(job.Unit.Text);
            w.WriteString(job.Type);
            w.WriteString(job.Queued);
            w.WriteBoolean(job.Replaces);
            w.WriteBoolean(job.Matters);
            ArrayMark reasons = w.BeginArray(8);
            foreach (PlannedReason reason in job.Reasons)
            {
                w.BeginStruct();
                w.WriteString(reason.By.Text);
                w.WriteString(reason.How);
                w.WriteBoolean(reason.IsNeeded);
            }
            w.EndArray(reasons);
            w.WriteStrings([.. job.After.Select(static u => u.Text)]);
        }
        w.EndArray(array);
    }

    private static void WriteDrops(MessageWriter w, List<PlannedDrop> drops)
    {
        ArrayMark array = w.BeginArray(8);
        foreach (PlannedDrop drop in drops)
        {
            w.BeginStruct();
            w.WriteString(drop.Unit.Text);
            w.WriteString(drop.Type);
            w.WriteString(drop.Why);
        }
        w.EndArray(array);
    }
}
