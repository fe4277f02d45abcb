using SysMaster.Core.Status;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>The console's view of jobs: status lines, the running line, and its one timer.</summary>
public sealed class StatusBoard : IRunningJobs, IDeadlineObserver
{
    private readonly List<Job> _running = [];
    private readonly StatusOutput? _output;
    private readonly JobProgress? _progress;
    private readonly Deadline? _tick;

    /// <summary>No console: a user's manager, tests.</summary>
    public StatusBoard() { }

    public StatusBoard(StatusOutput output, DeadlineQueue clock)
    {
        _output = output;
        _progress = new JobProgress(output, this);
        _tick = new Deadline(clock, this);
    }

    public StatusOutput? Output => _output;

    public int Count => _running.Count;

    public RunningJob At(int index)
    {
        Job job = _running[index];
        return new RunningJob
        {
            JobType = job.Type.Text(),
            UnitName = job.Unit.Id.Text,
            Description = job.Unit.Description,
            Began = job.RunningSince == Usec.Zero ? job.QueuedAt : job.RunningSince,
            Deadline = job.Unit.JobDeadline,
            StatusText = job.Unit.StatusText ?? (job.Type is JobType.Stop or JobType.Restart ? Lingering.Describe(job.Unit) : null),
        };
    }

    public void Line(StatusMark mark, StatusKind kind, string text) => _output?.Line(mark, kind, text);

    public void Unit(StatusMark mark, StatusKind kind, string phrase, Unit unit) => _output?.Unit(mark, kind, phrase, unit.Id.Text, unit.Description);

    /// <summary>A unit's job failed: output in mode "auto" comes on, and the hint where to look is given.</summary>
    public void Failed(Unit unit)
    {
        if (_output is null) { return; }
        _ = _output.Flip(true);
        _output.SeeStatus(unit.Id.Text);
    }

    public void JobRuns(Job job)
    {
        if (_running.Contains(job)) { return; }
        _running.Add(job);
        Changed(job.Manager);
    }

    public void JobRemoved(Job job)
    {
        if (_running.Remove(job)) { Changed(job.Manager); }
    }

    public void OnElapsed(Deadline timer)
    {
        if (_progress is null) { return; }
        timer.ArmAt(_progress.Tick(Clock.Monotonic()));
    }

    private void Changed(Manager manager)
    {
        if (_progress is null || _tick is null) { return; }
        _progress.OnJobsChanged(manager.Loop.Now);
        _tick.ArmAt(_progress.NextDue);
    }
}
