using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>From a client's wish to a queued job: StartUnit and its sisters.</summary>
internal static class JobRequests
{
    /// <summary>The methods of the Unit interface: the mode is the only argument.</summary>
    public static void ByMode(UnitObject o, MethodCall call, JobType type, bool reloadIfPossible)
    {
        MessageReader reader = call.Reader;
        Answer(o.Front, o.Unit, call, type, reloadIfPossible, reader.ReadText());
    }

    /// <summary>Queues the job and answers with its path.</summary>
    public static void Answer(BusFront front, Unit unit, MethodCall call, JobType type, bool reloadIfPossible, string modeWord)
    {
        if (JobTypes.ParseMode(modeWord) is not { } mode)
        {
            call.Error(BusErrors.InvalidArgs, $"Job mode {modeWord} invalid");
            return;
        }
        BusError? error = Queue(front, unit, call, type, reloadIfPossible, mode, out Job? job, null);
        if (error is not null)
        {
            call.Error(error.Name, error.Message);
            return;
        }
        front.Announcer.Announce(unit, job);
        call.BeginReply().WriteObjectPath(Paths.Of(job));
    }

    /// <param name="reader">Stands before (job_type s, job_mode s).</param>
    public static void Enqueue(BusFront front, Unit unit, MethodCall call, MessageReader reader)
    {
        string typeWord = reader.ReadText(), modeWord = reader.ReadText();
        if (!TryParse(typeWord, unit, out JobType type))
        {
            call.Error(BusErrors.InvalidArgs, $"Job type {typeWord} invalid");
            return;
        }
        if (JobTypes.ParseMode(modeWord) is not { } mode)
        {
            call.Error(BusErrors.InvalidArgs, $"Job mode {modeWord} invalid");
            return;
        }
        var affected = new List<Unit>();
        BusError? error = Queue(front, unit, call, type, reloadIfPossible: false, mode, out Job? job, affected);
        if (error is not null || job is null)
        {
            call.Error(error?.Name ?? BusErrors.Failed, error?.Message ?? "Nothing to do.");
            return;
        }
        front.Announcer.Announce(unit, job);
        MessageWriter w = call.BeginReply();
        WriteJob(job, w, inStruct: false);
        ArrayMark array = w.BeginArray(8);
        foreach (Unit other in affected)
        {
            if (other.Job is { } theirs && theirs != job) { WriteJob(theirs, w, inStruct: true); }
        }
        w.EndArray(array);
    }

    public static BusError? Queue(BusFront front, Unit unit, MethodCall call, JobType type, bool reloadIfPossible, JobMode mode, out Job? job, List<Unit>? affected)
    {
        job = null;
        if (reloadIfPossible && unit.CanReload)
        {
            type = type switch { JobType.Restart => JobType.ReloadOrStart, JobType.TryRestart => JobType.TryReload, _ => type };
        }
        if (Refusal(unit, type) is { } refusal) { return refusal; }
        Manager manager = unit.Manager;
        manager.CurrentActor = front.Clients.Describe(call);
        BusError? error = manager.AddJob(type, unit, mode, out job, affected);
        manager.CurrentActor = null;
        if (error is null && job is not null) { front.Clients.Track(job, call); }
        return error;
    }

    /// <summary>A job type as clients write it; the two that reload where the unit can are resolved.</summary>
    public static bool TryParse(string word, Unit unit, out JobType type)
    {
        JobType? parsed = word switch
        {
            "reload-or-restart" => unit.CanReload ? JobType.ReloadOrStart : JobType.Restart,
            "reload-or-try-restart" => unit.CanReload ? JobType.TryReload : JobType.TryRestart,
            _ => JobTypes.ParseType(word),
        };
        type = parsed ?? JobType.Nop;
        return parsed is not null;
    }

    /// <summary>What a client, unlike a dependency, may not ask for.</summary>
    public static BusError? Refusal(Unit unit, JobType type)
    {
        if (type == JobType.Stop && unit.LoadState is UnitLoadState.NotFound or UnitLoadState.Error or UnitLoadState.BadSetting
            && type == JobType.Stop && unit.ActiveState == UnitActiveState.Inactive)
        {
            return new BusError(BusError.NoSuchUnit, $"Unit {unit.Id} not loaded.");
        }
        bool starts = type is JobType.Start or JobType.Restart or JobType.TryRestart
            || (type == JobType.ReloadOrStart && JobTypes.Collapse(type, unit) == JobType.Start);
        bool stops = type is JobType.Stop or JobType.Restart or JobType.TryRestart;
        if ((starts && unit.Get(UnitDirectives.RefuseManualStart)) || (stops && unit.Get(UnitDirectives.RefuseManualStop)))
        {
            return new BusError(BusError.OnlyByDependency,
                $"Operation refused, unit {unit.Id} may be requested by dependency only (it is configured to refuse manual start/stop).");
        }
        return null;
    }

    private static void WriteJob(Job job, MessageWriter w, bool inStruct)
    {
        if (inStruct) { w.BeginStruct(); }
        w.WriteUInt32(job.Id);
        w.WriteObjectPath(Paths.Of(job));
        w.WriteString(job.Unit.Id.Text);
        Paths.Write(w, job.Unit);
        w.WriteString(job.Type.Text());
    }
}
