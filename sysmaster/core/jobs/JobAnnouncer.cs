using SysMaster.Core.Directives;
using SysMaster.Core.Logging;

namespace SysMaster.Core;

/// <summary>What people and logs are told of a job: "Starting …" when it begins, one line when it ends, on the console and in the journal.</summary>
internal static class JobAnnouncer
{
    public static void Begin(Job job)
    {
        Unit unit = job.Unit;
        JobMessages? words = unit.Type.Messages;
        if (words is null) { return; }
        string? text = job.Type switch
        {
            JobType.Start => words.Starting,
            JobType.Reload => "Reloading {0}...",
            _ => words.Stopping,
        };
        if (text is null || job.Result is not null) { return; }
        string line = Format(text, unit);
        string id = job.Type switch
        {
            JobType.Start => MessageIds.UnitStarting,
            JobType.Reload => MessageIds.UnitReloading,
            _ => MessageIds.UnitStopping,
        };
        Log.Write(LogLevel.Info, new LogContext(unit) { NoPrefix = true, MessageId = id, JobId = job.Id, JobType = job.Type.Text() }, line);
        unit.Manager.Status.Begin(unit, line);
    }

    public static void End(Job job, JobResult result, bool already)
    {
        Unit unit = job.Unit;
        if (unit.Type.Messages is not { } words || job.Type is JobType.Nop or JobType.VerifyActive) { return; }
        if (already && result == JobResult.Done) { return; }
        if (job.Type == JobType.Start && result == JobResult.Done && !unit.ConditionResult && (unit.Flags & UnitFlags.ConditionTested) != 0
            && unit.ActiveState.IsInactiveOrFailed())
        {
            SayConditionFailed(job);
            return;
        }
        (string? text, LogLevel level, StatusKind kind) = Words(job, result, words);
        if (text is null) { return; }
        string line = Format(text, unit);
        string id = job.Type switch
        {
            JobType.Start => result == JobResult.Done ? MessageIds.UnitStarted : MessageIds.UnitFailed,
            JobType.Reload => MessageIds.UnitReloaded,
            _ => MessageIds.UnitStopped,
        };
        var context = new LogContext(unit) { NoPrefix = true, MessageId = id, JobId = job.Id, JobType = job.Type.Text(), JobResult = result.Text() };
        Log.Write(level, context, line);
        unit.Manager.Status.End(unit, kind, line);
    }

    private static (string?, LogLevel, StatusKind) Words(Job job, JobResult result, JobMessages words)
    {
        bool start = job.Type == JobType.Start;
        if (job.Type == JobType.Reload) { return result == JobResult.Done ? ("Reloaded {0}.", LogLevel.Info, StatusKind.Ok) : (result == JobResult.Failed ? "Reload failed for {0}." : null, LogLevel.Warning, StatusKind.Failed); }
        if (start)
        {
            bool finished = result == JobResult.Done && words.Finished is not null && job.Unit.StartIsItsWork;
            return result switch
            {
                JobResult.Done => (finished ? words.Finished : words.Started, LogLevel.Info, StatusKind.Ok),
                JobResult.Timeout => (words.StartTimeout, LogLevel.Error, StatusKind.Time),
                JobResult.Failed => (words.StartFailed, LogLevel.Error, StatusKind.Failed),
                JobResult.Dependency => ("Dependency failed for {0}.", LogLevel.Warning, StatusKind.Depend),
                JobResult.Assert => ("Assertion failed for {0}.", LogLevel.Warning, StatusKind.Assert),
                JobResult.Unsupported => ("Starting of {0} unsupported.", LogLevel.Warning, StatusKind.Unsupported),
                JobResult.Once => ("Unit {0} was started already once and can't be started again.", LogLevel.Error, StatusKind.Failed),
                JobResult.Invalid => ("Unit {0} is not active, cannot be reloaded.", LogLevel.Info, StatusKind.Failed),
                JobResult.Canceled or JobResult.Collected or JobResult.Skipped => (null, LogLevel.Info, StatusKind.Ok),
                _ => (words.StartFailed, LogLevel.Error, StatusKind.Failed),
            };
        }
        return result switch
        {
            JobResult.Done => (words.Stopped, LogLevel.Info, StatusKind.Ok),
            JobResult.Failed => (words.StopFailed, LogLevel.Info, StatusKind.Ok),
            JobResult.Timeout => (words.StopTimeout, LogLevel.Error, StatusKind.Time),
            _ => (null, LogLevel.Info, StatusKind.Ok),
        };
    }

    private static void SayConditionFailed(Job job)
    {
        Unit unit = job.Unit;
        string which = unit.FailedConditionText;
        string line = $"{unit.StatusName} was skipped because {which}.";
        Log.Write(LogLevel.Info, new LogContext(unit) { NoPrefix = true, MessageId = MessageIds.UnitStarted, JobId = job.Id, JobType = "start", JobResult = "done" }, line);
        if (unit.Manager.Status.ShowsSkipped) { unit.Manager.Status.End(unit, StatusKind.Skip, line); }
    }

    private static string Format(string text, Unit unit) => text.Replace("{0}", unit.StatusName, StringComparison.Ordinal);
}

/// <summary>The word in brackets at the head of a console line.</summary>
public enum StatusKind : byte { Ok, Failed, Depend, Time, Skip, Assert, Unsupported, Info }
