using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>Methods of the manager about jobs.</summary>
internal static class JobMethods
{
    public static void GetJob(BusFront f, MethodCall call)
    {
        if (Find(f, call) is { } job) { call.BeginReply().WriteObjectPath(Paths.Of(job)); }
    }

    public static void GetOrdered(BusFront f, MethodCall call, Dep order)
    {
        if (Find(f, call) is { } job) { JobInterface.WriteOrdered(job, call, order); }
    }

    public static void CancelJob(BusFront f, MethodCall call)
    {
        if (Find(f, call) is { } job) { JobInterface.Cancel(f, job, call); }
    }

    public static void ListJobs(BusFront f, MethodCall call)
    {
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        foreach (Job job in f.Manager.Jobs.Values) { JobInterface.WriteOne(job, w); }
        w.EndArray(array);
    }

    /// <summary>Units marked with Markers= (by package scripts) are reloaded or restarted now, if they run.</summary>
    public static void EnqueueMarkedJobs(BusFront f, MethodCall call)
    {
        var jobs = new List<Job>();
        foreach (Unit unit in f.Manager.Units.Where(u => u.Markers != UnitMarkers.None).ToList())
        {
            bool restart = (unit.Markers & UnitMarkers.NeedsRestart) != 0;
            BusError? error = JobRequests.Queue(f, unit, call, JobType.TryRestart, reloadIfPossible: !restart, JobMode.Fail, out Job? job, null);
            if (error is not null || job is null) { continue; }
            f.Announcer.Announce(unit, job);
            jobs.Add(job);
        }
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(4);
        foreach (Job job in jobs) { w.WriteObjectPath(Paths.Of(job)); }
        w.EndArray(array);
    }

    private static Job? Find(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        uint id = reader.ReadUInt32();
        if (f.Manager.Jobs.TryGetValue(id, out Job? job)) { return job; }
        call.Error(BusError.NoSuchJob, $"Job {id} does not exist.");
        return null;
    }
}
