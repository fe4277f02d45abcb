using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>
/// A socket unit: ends that are open before, between and after the runs of the service that serves them.
/// <code>
/// dead → start-pre → start-chown → start-post → listening ⇄ running → stop-pre → stop-pre-sigterm → stop-pre-sigkill → stop-post → final-sigterm → final-sigkill → dead | failed
/// </code>
/// start-chown opens the ends (and gives them to SocketUser=); it lasts beyond its turn only while a name is looked up. Traffic in
/// listening queues a start of the service and leaves for running, where nothing is watched: the service reads now. When the service is
/// down, listening again. With Accept=yes each connection becomes an instance of a template, and the state stays listening.
/// Descriptors are copied to init, so they outlive this process; after its restart they are taken back by their place in the list.
/// Races it lives with: the service may leave without having read (we are woken at once, which TriggerLimitBurst= bounds), the peer may
/// be gone before accept(2), a connection may come while a stop is queued (it is refused).
/// </summary>
public sealed partial class SocketUnit : Unit, IDeadlineObserver
{
    private const int ControlRole = 1;

    internal SocketUnit(Manager manager, UnitName id) : base(manager, SocketUnitType.Value, id) => Control = new ProcessSlot(this, ControlRole);

    private Deadline? _timer;
    private SocketCommand _controlCommand;
    private int _controlIndex;
    private Dictionary<(SocketCommand, int), ExecRun>? _runs;

    public SocketState State { get; private set; }

    public SocketResult Result { get; private set; }

    public ProcessSlot Control { get; }

    /// <summary>The service of Accept=no; null for Accept=yes.</summary>
    public Unit? Service { get; private set; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<SocketPort> Ports => _ports;

    /// <summary>D-Bus NConnections: instances that run now.</summary>
    public uint ConnectionCount => (uint)_connections.Count;

    /// <summary>D-Bus NAccepted.</summary>
    public uint AcceptedCount { get; private set; }

    /// <summary>D-Bus NRefused.</summary>
    public uint RefusedCount { get; private set; }

    public override UnitActiveState ActiveState => SocketStates.Row(Shown).Active;

    public override string SubState => SocketStates.Row(Shown).Text;

    /// <summary>Outside, a state that is only passed through is still the one before it.</summary>
    private SocketState Shown => IsTransitory ? _shown : State;

    private SocketState _shown;
    private bool _owesNews;

    public override Usec JobDeadline => _timer is { IsArmed: true } ? _timer.When : base.JobDeadline;

    protected override int ControlPid => Control.Pid;

    /// <summary>It must not be forgotten while an instance it counts is up.</summary>
    protected override bool MayCollect => _connections.Count == 0;

    public bool Accepts => Get(SocketDirectives.Accept);

    /// <summary>TriggerLimitBurst=, whose default depends on Accept=.</summary>
    public uint TriggerLimitBurst => Settings.IsSet(SocketDirectives.TriggerLimitBurst) ? Get(SocketDirectives.TriggerLimitBurst) : Accepts ? 200u : 20u;

    /// <summary>PollLimitBurst=, whose default depends on Accept=.</summary>
    public uint PollLimitBurst => Settings.IsSet(SocketDirectives.PollLimitBurst) ? Get(SocketDirectives.PollLimitBurst) : Accepts ? 150u : 15u;

    internal bool WantsOtherNetwork => Get(ExecDirectives.PrivateNetwork) || !Get(ExecDirectives.NetworkNamespacePath).IsEmpty;

    /// <summary>What its descriptors are called for the service.</summary>
    public string FdName
    {
        get
        {
            ByteText set = Get(SocketDirectives.FileDescriptorName);
            return !set.IsEmpty ? set.ToString() : Accepts ? "connection" : Id.Text;
        }
    }

    public ExecCommandSpec[] Commands(SocketCommand which) => which switch
    {
        SocketCommand.StartPre => Get(SocketDirectives.ExecStartPre),
        SocketCommand.StartPost => Get(SocketDirectives.ExecStartPost),
        SocketCommand.StopPre => Get(SocketDirectives.ExecStopPre),
        _ => Get(SocketDirectives.ExecStopPost),
    };

    /// <summary>How a command last ran; null if it never did.</summary>
    public ExecRun? RunOf(SocketCommand which, int index) => _runs?.GetValueOrDefault((which, index));

    /// <summary>The one place that changes the state.</summary>
    /// <param name="state">The next one.</param>
    /// <param name="passing">Whether it lasts is found by its effect, which ends it or calls <see cref="Stay"/>.</param>
    private void Enter(SocketState state, bool passing = false)
    {
        SocketState before = State;
        UnitActiveState activeBefore = ActiveState;
        if (!IsTransitory) { (_shown, _owesNews) = (State, HasNews); }
        if (!passing) { EndTransition(_owesNews); }
        SocketStateRow row = SocketStates.Row(state);
        if ((row.Keep & SocketKeep.Timer) == 0) { _timer?.Disarm(); }
        if ((row.Keep & SocketKeep.ControlPid) == 0) { ForgetControl(); }
        if ((row.Keep & SocketKeep.Watch) == 0) { StopWatching(); }
        DropEffects(EffectOfState);
        State = state;
        if ((row.Keep & SocketKeep.Fds) == 0 && HasOpenPorts) { QueueEffect(CloseEffect); }
        MarkDirty();
        if (before != state) { Log.Debug(this, $"Changed {SocketStates.Row(before).Text} -> {row.Text}"); }
        if (passing) { IsTransitory = true; }
        else { OnStateChanged(activeBefore, ActiveState); }
    }

    /// <summary>Enters a state that has something to do in the kernel once it is recorded.</summary>
    private void EnterAndAct(SocketState state, bool passing = false)
    {
        Enter(state, passing);
        QueueEffect(EffectOfState);
    }

    /// <summary>The state that was entered in passing lasts.</summary>
    private void Stay()
    {
        if (!IsTransitory) { return; }
        UnitActiveState activeBefore = ActiveState;
        EndTransition(_owesNews);
        OnStateChanged(activeBefore, ActiveState);
    }

    private void Fail(SocketResult result)
    {
        if (Result == SocketResult.Success) { Result = result; }
    }

    private void ArmTimer()
    {
        Usec span = Get(SocketDirectives.TimeoutSec);
        _timer ??= new Deadline(Manager.Monotonic, this);
        if (span.IsInfinity || span == Usec.Zero) { _timer.Disarm(); }
        else { _timer.ArmAt(Manager.Loop.Now + span); }
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == SocketState.Failed) { Enter(SocketState.Dead); }
        Result = SocketResult.Success;
        MarkChanged();
    }
}
