using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>One queued change of one unit. A unit has at most one (and one Nop beside it).</summary>
public sealed class Job(uint id, Unit unit, JobType type) : IDeadlineObserver
{
    public uint Id { get; } = id;

    public Unit Unit { get; } = unit;

    public Manager Manager => Unit.Manager;

    public JobType Type { get; set; } = type;

    public JobState State { get; set; }

    public JobResult? Result { get; set; }

    /// <summary>Only a job that says so itself may replace it (shutdown).</summary>
    public bool Irreversible { get; set; }

    public bool IgnoreOrder { get; set; }

    public bool InRunQueue { get; set; }

    /// <summary>The bus knows of it (JobNew was sent).</summary>
    public bool Announced { get; set; }

    /// <summary>The state that clients were last told.</summary>
    public JobState ToldState { get; set; }

    /// <summary>Somebody on the bus asked for it and is owed JobRemoved.</summary>
    public bool HasClients { get; set; }

    /// <summary>When it was queued, monotonic µs.</summary>
    public Usec QueuedAt { get; set; }

    /// <summary>When it began to run; zero while it waits.</summary>
    public Usec RunningSince { get; set; }

    /// <summary>The deadline of JobTimeoutSec= or JobRunningTimeoutSec=; null without one.</summary>
    public Deadline? Timeout { get; set; }

    /// <summary>Who asked, for logs and `sctl why`: "unit x.timer", "uid 0 pid 417 (systemctl)".</summary>
    public string? Actor { get; set; }

    void IDeadlineObserver.OnElapsed(Deadline timer) => JobProcessing.OnTimeout(this);

    public override string ToString() => $"{Unit.Id}/{Type.Text()}";
}
