using SysMaster.Core;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>One of a service's two deadlines: that of its state and that of its watchdog.</summary>
internal sealed class ServiceDeadline(ServiceUnit unit, int which) : IDeadlineObserver
{
    public const int State = 0;
    public const int Watchdog = 1;

    private Deadline? _deadline;

    public Usec When => _deadline?.When ?? Usec.Infinity;

    public void ArmAt(Usec when)
    {
        if (when.IsInfinity) { Disarm(); return; }
        (_deadline ??= new Deadline(unit.Manager.Monotonic, this)).ArmAt(when);
    }

    public void ArmIn(Usec span) => ArmAt(span.IsInfinity ? span : unit.Manager.Loop.Now + span);

    public void Disarm() => _deadline?.Disarm();

    public void OnElapsed(Deadline timer)
    {
        unit.Manager.History.Cause = new Cause(CauseKind.Elapsed);
        if (which == State) { unit.OnStateTimeout(); }
        else { unit.OnWatchdogTimeout(); }
        unit.Manager.History.Cause = default;
    }
}
