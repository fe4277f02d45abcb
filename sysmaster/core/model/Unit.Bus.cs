using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>What clients of the bus are shown of a unit whatever its type.</summary>
public abstract partial class Unit
{
    /// <summary>PID of the main process; zero for none.</summary>
    public int MainProcess => MainPid;

    /// <summary>PID of the control process; zero for none.</summary>
    public int ControlProcess => ControlPid;

    /// <summary>
    /// A type calls this before it assigns another state: what has changed so far goes out first, so that observers see every state.
    /// </summary>
    protected void BeforeStateChange()
    {
        if (IsTransitory)
        {
            Flags &= ~UnitFlags.Transitory;
            return;
        }
        if ((Flags & UnitFlags.InChangedQueue) == 0) { return; }
        foreach (IManagerObserver observer in Manager.Observers) { observer.OnBeforeStateChange(this); }
    }

    /// <summary>For a type that shows the former state while the recorded one is transitory: it lasts, or is followed by another.</summary>
    /// <param name="isOwed">The former state had something to tell when it was left.</param>
    protected void EndTransition(bool isOwed)
    {
        if (isOwed) { MarkChanged(); }
        foreach (IManagerObserver observer in isOwed ? Manager.Observers : []) { observer.OnBeforeStateChange(this); }
        Flags &= ~UnitFlags.Transitory;
    }

    /// <summary>Something of it has changed that clients were not told yet.</summary>
    protected bool HasNews => (Flags & UnitFlags.InChangedQueue) != 0;

    /// <summary>
    /// The state is recorded, and perhaps only passed through: whether there is somebody to signal or to wait for is found when its effect
    /// runs. Until then observers are not told of it, and never if the next state follows at once. Ends with the next state.
    /// </summary>
    protected internal bool IsTransitory
    {
        get => (Flags & UnitFlags.Transitory) != 0;
        set
        {
            Flags = value ? Flags | UnitFlags.Transitory : Flags & ~UnitFlags.Transitory;
            MarkChanged();
        }
    }

    /// <summary>Its stop is recorded, and the effects that follow in this turn tell whether it takes time.</summary>
    internal bool IsGoingDownAtOnce => IsTransitory && ActiveState == UnitActiveState.Deactivating;

    /// <summary>Its start is over as soon as it has a process, which was asked for: its job counts as done for those whose jobs ran after it.</summary>
    protected internal virtual bool IsUpWithItsProcess => false;

    /// <summary>A client made it known; it is forgotten again at the end of the turn if nothing needs it.</summary>
    public void MarkForCollection() => Manager.QueueGc(this);

    /// <summary>A client makes the unit of processes that run already (scopes), before it is started.</summary>
    /// <param name="pids">Of the processes.</param>
    /// <param name="controller">Bus name that is asked to stop it; null for none.</param>
    /// <returns>Null, or why they cannot be had.</returns>
    public virtual BusError? TakeProcesses(IReadOnlyList<int> pids, string? controller)
        => new(BusError.InvalidArgs, $"Unit {Id} cannot be made of processes.");

    /// <summary>D-Bus Result, where a type has one.</summary>
    public virtual string ResultText => ActiveState == UnitActiveState.Failed ? "resources" : "success";
}
