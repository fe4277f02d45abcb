using SysMaster.Core.Logging;
using SysMaster.Core.Status;

namespace SysMaster.Core;

/// <summary>What people and logs are told of a job: "Starting …" when it begins, one line when it ends, on the console and in the journal.</summary>
internal static class JobAnnouncer
{
    private readonly record struct Ending(string? Phrase, LogLevel Level, StatusMark Mark, StatusKind Kind);

    /// <param name="job">Which.</param>
    /// <param name="type">What it began as: a restart has become a start when its stop took no time.</param>
    public static void Begin(Job job, JobType type)
    {
        Unit unit = job.Unit;
        if (job.Result is not null) { return; }
        job.Manager.Status.JobRuns(job);
        if (unit.Type.Messages is not { } words || (type == JobType.Start && !unit.StartTakesTime)) { return; }
        (string? phrase, string id) = type switch
        {
            JobType.Start => (words.Starting, MessageIds.UnitStarting),
            JobType.Reload => ("Reloading %s...", MessageIds.UnitReloading),
            _ => (words.Stopping, MessageIds.UnitStopping),
        };
        if (phrase is null) { return; }
        var context = new LogContext(unit) { NoPrefix = true, MessageId = id, JobId = job.Id, JobType = FirstStep(type).Text() };
        if (!Log.OnConsole) { Log.Write(LogLevel.Info, context, $"{Fill(phrase, unit)}"); }   // the status line says it there
        unit.Manager.Status.Unit(StatusMark.Indent, StatusKind.Normal, phrase, unit);
    }

    public static void End(Job job, JobResult result, bool already)
    {
        Unit unit = job.Unit;
        if (job.Type == JobType.VerifyActive && result == JobResult.Skipped)
        {
            var verify = new LogContext(null) { JobId = job.Id, JobType = job.Type.Text(), JobResult = result.Text() };
            Log.Write(LogLevel.Notice, verify, $"{unit.StatusName} is inactive.");
            return;
        }
        if (unit.Type.Messages is not { } words || job.Type is JobType.Nop or JobType.VerifyActive) { return; }
        if (already && result == JobResult.Done) { return; }
        if (job.Type == JobType.Start && result == JobResult.Done && unit.WasSkipped)
        {
            var skipped = new LogContext(unit) { NoPrefix = true, MessageId = MessageIds.UnitStarted, JobId = job.Id, JobType = "start", JobResult = "done" };
            Log.Write(LogLevel.Info, skipped, $"{unit.StatusName} was skipped because {unit.SkipReason}.");
            return;
        }
        Ending end = job.Type switch
        {
            JobType.Start => EndOfStart(unit, result, words),
            JobType.Reload => EndOfReload(result),
            _ => EndOfStop(result, words),
        };
        if (end.Phrase is null) { return; }
        string id = job.Type switch
        {
            JobType.Start => result == JobResult.Done ? MessageIds.UnitStarted : MessageIds.UnitFailed,
            JobType.Reload => MessageIds.UnitReloaded,
            _ => MessageIds.UnitStopped,
        };
        var context = new LogContext(unit) { NoPrefix = true, MessageId = id, JobId = job.Id, JobType = job.Type.Text(), JobResult = result.Text() };
        if (!Log.OnConsole) { Log.Write(end.Level, context, $"{Fill(end.Phrase, unit)}"); }
        unit.Manager.Status.Unit(end.Mark, end.Kind, end.Phrase, unit);
        if (job.Type == JobType.Start && result is JobResult.Failed or JobResult.Timeout) { unit.Manager.Status.Failed(unit); }
    }

    private static Ending EndOfStart(Unit unit, JobResult result, JobMessages words) => result switch
    {
        JobResult.Done when unit.StartWasSkipped => new("Condition check resulted in %s being skipped.", LogLevel.Info, StatusMark.Info, StatusKind.Normal),
        JobResult.Done => new((unit.StartIsItsWork ? words.Finished : null) ?? words.Started, LogLevel.Info, StatusMark.Ok, StatusKind.Normal),
        JobResult.Timeout => new(words.StartTimeout, LogLevel.Error, StatusMark.Timeout, StatusKind.Notice),
        JobResult.Failed => new(words.StartFailed, LogLevel.Error, StatusMark.Failed, StatusKind.Notice),
        JobResult.Dependency => new("Dependency failed for %s.", LogLevel.Warning, StatusMark.Dependency, StatusKind.Notice),
        JobResult.Assert => new("Assertion failed for %s.", LogLevel.Warning, StatusMark.Assert, StatusKind.Notice),
        JobResult.Unsupported => new("Starting of %s unsupported.", LogLevel.Warning, StatusMark.Unsupported, StatusKind.Notice),
        JobResult.Once => new("Unit %s was started already once and can't be started again.", LogLevel.Error, StatusMark.Once, StatusKind.Notice),
        JobResult.Invalid => new("%s is not active, cannot reload.", LogLevel.Info, StatusMark.Info, StatusKind.Normal),
        _ => default,
    };

    private static Ending EndOfStop(JobResult result, JobMessages words) => result switch
    {
        JobResult.Done => new(words.Stopped, LogLevel.Info, StatusMark.Ok, StatusKind.Normal),
        JobResult.Failed => new(words.StopFailed, LogLevel.Error, StatusMark.Ok, StatusKind.Normal),
        JobResult.Timeout => new(words.StopTimeout, LogLevel.Error, StatusMark.Timeout, StatusKind.Notice),
        _ => default,
    };

    private static Ending EndOfReload(JobResult result) => result switch
    {
        JobResult.Done => new("Reloaded %s.", LogLevel.Info, StatusMark.Ok, StatusKind.Normal),
        JobResult.Failed => new("Reload failed for %s.", LogLevel.Error, StatusMark.Failed, StatusKind.Notice),
        JobResult.Timeout => new("Timed out reloading %s.", LogLevel.Error, StatusMark.Timeout, StatusKind.Notice),
        _ => default,
    };

    /// <summary>A restart begins with its stop.</summary>
    private static JobType FirstStep(JobType type) => type is JobType.Restart or JobType.TryRestart ? JobType.Stop : type;

    private static string Fill(string phrase, Unit unit) => phrase.Replace("%s", unit.StatusName, StringComparison.Ordinal);
}
