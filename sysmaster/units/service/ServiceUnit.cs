using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Service;

/// <summary>
/// A service. One main process (or none), at most one control process (ExecStartPre=, ExecReload=, ExecStop=…) at a time.
/// <code>
/// dead → condition → start-pre → start → start-post → running → stop → stop-sigterm → stop-sigkill → stop-post → final-sigterm → final-sigkill → dead | failed
///                                                       ↕ reload                                                                      ↓ Restart=
///                                                     exited                                                                     auto-restart
/// </code>
/// With RestartMode=direct the way from the last state to auto-restart has neither dead nor failed in it, and goes on through auto-restart-queued to condition.
/// A dead service whose descriptor store is kept is dead-resources-pinned.
/// A state is entered in one place, <see cref="Enter"/>, which makes no system call: what the state has to do (start a command, send a
/// signal) is its effect, run after the records are committed. Each step without work is passed over. Whatever fails on the way up
/// leads to stop-sigterm; whatever is left over afterwards is killed by the final states.
/// Races it lives with: the main process may end before its control process (the state waits for both), the control group may be
/// reported empty before the exit of its last process, a PID file may name a process that is not ours, a notification may come from a
/// process that has ended already.
/// </summary>
public sealed partial class ServiceUnit : Unit
{
    internal ServiceUnit(Manager manager, UnitName id) : base(manager, ServiceUnitType.Value, id) { }

    // Most loaded services never run: what only a run needs is made with its first use.
    private static readonly ExecRun s_neverRan = new();
    private ProcessSlot? _main, _control;
    private ServiceDeadline? _timerMade, _watchdogMade;

    private ServiceDeadline Timer => _timerMade ??= new ServiceDeadline(this, ServiceDeadline.State);

    private ServiceDeadline Watchdog => _watchdogMade ??= new ServiceDeadline(this, ServiceDeadline.Watchdog);

    private Usec TimerAt => _timerMade?.When ?? Usec.Infinity;

    private Usec WatchdogAt => _watchdogMade?.When ?? Usec.Infinity;

    public ServiceState State { get; private set; }

    public ServiceResult Result { get; private set; }

    public ServiceResult ReloadResult { get; private set; }

    public ServiceResult CleanResult { get; private set; }

    public ProcessSlot Main => _main ??= new ProcessSlot(this, Roles.Main);

    public ProcessSlot Control => _control ??= new ProcessSlot(this, Roles.Control);

    /// <summary>D-Bus MainPID and ControlPID: zero for none.</summary>
    public (int Main, int Control) Pids => (_main?.Pid ?? 0, _control?.Pid ?? 0);

    /// <summary>PIDFile=, MAINPID= or a guess: a process that we did not start ourselves.</summary>
    public bool MainPidIsAlien { get; private set; }

    public uint RestartCount { get; private set; }

    public override string? StatusText => _statusText;

    public int StatusErrno { get; private set; }

    public DualTimestamp WatchdogTimestamp { get; private set; }

    /// <summary>Of the last main process: what `show` has as ExecMain….</summary>
    public ExecRun MainRun { get; private set; } = s_neverRan;

    private string? _statusText;
    private ServiceCommand _controlCommand;
    private int _controlIndex;
    private int _mainIndex;
    private bool _controlActive;
    private bool _mainActive;
    private bool _forbidRestart;
    private bool _willAutoRestart;
    private bool _flushRestarts;
    private NotifyState _notifyState;
    private Dictionary<(ServiceCommand, int), ExecRun>? _runs;

    public override UnitActiveState ActiveState => ServiceStates.ActiveOf(State, Type_ == ServiceType.Idle && !IsTransitory);

    public override string SubState => ServiceStates.Row(State).Text;

    public override bool WillRestart => _willAutoRestart || ServiceStates.AwaitsRestart(State);

    public override bool CanReload => Commands(ServiceCommand.Reload).Length > 0 || Type_ == ServiceType.NotifyReload;

    public override bool StartIsItsWork => Type_ == ServiceType.Oneshot;

    public override bool StartWasSkipped => Result == ServiceResult.ExecCondition;

    public override bool StartTakesTime => State != ServiceState.Start || Type_ is not (ServiceType.Simple or ServiceType.Idle);

    public override Usec JobDeadline => TimerAt;

    protected override int MainPid => Pids.Main;

    protected override int ControlPid => Pids.Control;

    /// <summary>Type=, with the default that follows from BusName= and ExecStart=.</summary>
    public ServiceType Type_ { get; private set; }

    public ExecCommandSpec[] Commands(ServiceCommand which) => which switch
    {
        ServiceCommand.Condition => Get(ServiceDirectives.ExecCondition),
        ServiceCommand.StartPre => Get(ServiceDirectives.ExecStartPre),
        ServiceCommand.Start => Get(ServiceDirectives.ExecStart),
        ServiceCommand.StartPost => Get(ServiceDirectives.ExecStartPost),
        ServiceCommand.Reload => Get(ServiceDirectives.ExecReload),
        ServiceCommand.Stop => Get(ServiceDirectives.ExecStop),
        _ => Get(ServiceDirectives.ExecStopPost),
    };

    /// <summary>How a command last ran; null if it never did.</summary>
    public ExecRun? RunOf(ServiceCommand which, int index) => _runs?.GetValueOrDefault((which, index));

    /// <summary>The one place that changes the state.</summary>
    /// <param name="state">Which.</param>
    /// <param name="transitory">See <see cref="Unit.IsTransitory"/>.</param>
    private void Enter(ServiceState state, bool transitory = false)
    {
        ServiceState before = State;
        bool passed = IsTransitory;
        UnitActiveState activeBefore = passed ? _leftFrom : ActiveState;
        BeforeStateChange();
        IsTransitory = transitory;
        ServiceStateRow row = ServiceStates.Row(state);
        if ((row.Keep & Keep.Timer) == 0) { _timerMade?.Disarm(); }
        if ((row.Keep & Keep.MainPid) == 0) { ForgetMain(); }
        if ((row.Keep & Keep.ControlPid) == 0) { ForgetControl(); }
        if ((row.Keep & Keep.Watchdog) == 0)
        {
            _watchdogMade?.Disarm();
            WatchdogTimestamp = default;
        }
        if ((row.Keep & Keep.PidFileWatch) == 0) { _pidFileWatch?.Stop(); }
        DropEffects(EffectOfState);
        State = state;
        MarkDirty();
        if (before != state) { Core.Logging.Log.Debug(this, $"Changed {ServiceStates.Row(before).Text} -> {row.Text}"); }
        if (!transitory)
        {
            TellChange(activeBefore, passed);
            return;
        }
        _leftFrom = activeBefore;
        if (!passed) { _leftBecause = Manager.History.Cause; }
    }

    /// <summary>From where the state was entered that may be passed through, and why: if it is, jobs and dependents see one change, from there to what follows.</summary>
    private UnitActiveState _leftFrom;
    private Cause _leftBecause;

    private void TellChange(UnitActiveState before, bool passed)
    {
        Cause now = Manager.History.Cause;
        if (passed && now.Kind == CauseKind.None) { Manager.History.Cause = _leftBecause; }
        OnStateChanged(before, ActiveState, ChangeFlags);
        Manager.History.Cause = now;
    }

    /// <summary>The state that was entered in passing lasts.</summary>
    private void Stay()
    {
        if (!IsTransitory) { return; }
        IsTransitory = false;
        TellChange(_leftFrom, passed: true);
    }

    private NotifyFlags ChangeFlags => (ReloadResult == ServiceResult.Success ? NotifyFlags.None : NotifyFlags.ReloadFailed)
        | (_willAutoRestart ? NotifyFlags.WillAutoRestart : NotifyFlags.None)
        | (Result == ServiceResult.ExecCondition ? NotifyFlags.SkipCondition : NotifyFlags.None);

    /// <summary>Enters a state that has something to do in the kernel once it is recorded.</summary>
    private void EnterAndAct(ServiceState state, bool transitory = false)
    {
        Enter(state, transitory);
        QueueEffect(EffectOfState);
    }

    private void Fail(ServiceResult result)
    {
        if (Result == ServiceResult.Success) { Result = result; }
    }
}
