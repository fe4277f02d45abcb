using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>How long each state may last, and what happens when it has lasted so long.</summary>
public sealed partial class ServiceUnit
{
    /// <summary>TimeoutStartSec=; none for oneshot services unless set.</summary>
    public Usec TimeoutStart => Type_ == ServiceType.Oneshot && !Settings.IsSet(ServiceDirectives.TimeoutStartSec)
        ? Usec.Infinity
        : NoneIsInfinity(Get(ServiceDirectives.TimeoutStartSec));

    public Usec TimeoutStop => NoneIsInfinity(Get(ServiceDirectives.TimeoutStopSec));

    public Usec TimeoutAbort => Settings.HasValue(ServiceDirectives.TimeoutAbortSec) ? NoneIsInfinity(Get(ServiceDirectives.TimeoutAbortSec)) : TimeoutStop;

    private static Usec NoneIsInfinity(Usec span) => span == Usec.Zero ? Usec.Infinity : span;

    private void ArmStateTimer(ServiceState state)
    {
        Usec span = state switch
        {
            ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost
                or ServiceState.Reload or ServiceState.ReloadSignal or ServiceState.ReloadNotify => TimeoutStart,
            ServiceState.StopWatchdog or ServiceState.FinalWatchdog => TimeoutAbort,
            _ => TimeoutStop,
        };
        Timer.ArmIn(span);
    }

    private void ArmRuntimeLimit()
    {
        Usec limit = Get(ServiceDirectives.RuntimeMaxSec);
        if (limit.IsInfinity || limit == Usec.Zero)
        {
            _timerMade?.Disarm();
            return;
        }
        Usec extra = Get(ServiceDirectives.RuntimeRandomizedExtraSec);
        if (extra != Usec.Zero && !extra.IsInfinity) { limit += new Usec((ulong)Random.Shared.NextInt64((long)Math.Min(extra.Value, long.MaxValue))); }
        Usec since = Timestamps.ActiveEnter.Monotonic == Usec.Zero || ActiveState != UnitActiveState.Active ? Manager.Loop.Now : Timestamps.ActiveEnter.Monotonic;
        Timer.ArmAt(since + limit);
    }

    internal void OnStateTimeout()
    {
        switch (State)
        {
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost:
                OnTimeout(Get(ServiceDirectives.TimeoutStartFailureMode), ServiceStates.Row(State).Text + " operation", final: false);
                break;
            case ServiceState.Running:
                Log.Warning(this, $"Service reached runtime time limit. Stopping.");
                EnterStop(ServiceResult.Timeout);
                break;
            case ServiceState.Reload or ServiceState.ReloadSignal or ServiceState.ReloadNotify:
                Log.Warning(this, $"Reload operation timed out. Killing reload process.");
                if (Control.IsAlive) { Manager.Kill.Process(this, Control.Pid, 9); }
                ForgetControl();
                ReloadResult = ServiceResult.Timeout;
                _notifyState = NotifyState.Unknown;
                EnterRunning(ServiceResult.Success);
                break;
            case ServiceState.Stop:
                OnTimeout(Get(ServiceDirectives.TimeoutStopFailureMode), "Stopping", final: false);
                break;
            case ServiceState.StopWatchdog:
                OnSignalTimeout("stop-watchdog", ServiceState.StopSigkill, () => EnterStopPost(ServiceResult.Timeout));
                break;
            case ServiceState.StopSigterm when Get(ServiceDirectives.TimeoutStopFailureMode) == ServiceTimeoutFailureMode.Abort:
                Log.Warning(this, $"State 'stop-sigterm' timed out. Aborting.");
                EnterSignal(ServiceState.StopWatchdog, ServiceResult.Timeout);
                break;
            case ServiceState.StopSigterm:
                OnSignalTimeout("stop-sigterm", ServiceState.StopSigkill, () => EnterStopPost(ServiceResult.Timeout));
                break;
            case ServiceState.StopSigkill:
                Log.Warning(this, $"Processes still around after SIGKILL. Ignoring.");
                EnterStopPost(ServiceResult.Timeout);
                break;
            case ServiceState.StopPost:
                OnTimeout(Get(ServiceDirectives.TimeoutStopFailureMode), "State 'stop-post'", final: true);
                break;
            case ServiceState.FinalWatchdog or ServiceState.FinalSigterm:
                OnSignalTimeout(ServiceStates.Row(State).Text, ServiceState.FinalSigkill, () => EnterDead(ServiceResult.Timeout, allowRestart: false));
                break;
            case ServiceState.FinalSigkill:
                Log.Warning(this, $"Processes still around after final SIGKILL. Entering failed mode.");
                EnterDead(ServiceResult.Timeout, allowRestart: true);
                break;
            case ServiceState.AutoRestart:
                ScheduleRestart();
                break;
            case ServiceState.Cleaning:
                Log.Warning(this, $"Cleaning timed out. killing.");
                CleanResult = ServiceResult.Timeout;
                EnterSignal(ServiceState.FinalSigkill, ServiceResult.Success);
                break;
        }
    }

    private void OnTimeout(ServiceTimeoutFailureMode mode, string what, bool final)
    {
        (string verb, ServiceState next) = mode switch
        {
            ServiceTimeoutFailureMode.Abort => ("Aborting", final ? ServiceState.FinalWatchdog : ServiceState.StopWatchdog),
            ServiceTimeoutFailureMode.Kill => ("Killing", final ? ServiceState.FinalSigkill : ServiceState.StopSigkill),
            _ => ("Terminating", final ? ServiceState.FinalSigterm : ServiceState.StopSigterm),
        };
        Log.Warning(this, $"{what} timed out. {verb}.");
        EnterSignal(next, ServiceResult.Timeout);
    }

    private void OnSignalTimeout(string state, ServiceState killing, Action otherwise)
    {
        if (Get(KillDirectives.SendSIGKILL))
        {
            Log.Warning(this, $"State '{state}' timed out. Killing.");
            EnterSignal(killing, ServiceResult.Timeout);
        }
        else
        {
            Log.Warning(this, $"State '{state}' timed out. Skipping SIGKILL.{(state.StartsWith("final", StringComparison.Ordinal) ? " Entering failed mode." : "")}");
            Fail(ServiceResult.Timeout);
            otherwise();
        }
    }

    /// <summary>WatchdogSec=, or what the service has asked for itself with WATCHDOG_USEC=; zero and infinity mean none.</summary>
    public Usec WatchdogInterval
    {
        get
        {
            Usec set = _watchdogOverride ?? Get(ServiceDirectives.WatchdogSec);
            return set.IsInfinity ? Usec.Zero : set;
        }
    }

    /// <summary>D-Bus WatchdogUSec: decided with a start, infinite before the first.</summary>
    public Usec WatchdogInForce => Timestamps.InactiveExit.IsSet ? WatchdogInterval : Usec.Infinity;

    private void StartWatchdog()
    {
        Usec interval = WatchdogInterval;
        if (interval == Usec.Zero)
        {
            _watchdogMade?.Disarm();
            return;
        }
        WatchdogTimestamp = DualTimestamp.Now();
        Watchdog.ArmIn(interval);
    }

    internal void OnWatchdogTimeout()
    {
        if (!IsWatched || !Manager.Choices.ServiceWatchdogs) { return; }
        OnWatchdogFailure($"Watchdog timeout (limit {SysMaster.UnitFiles.TimeSpanText.Format(WatchdogInterval, 1)})!");
    }

    private void OnWatchdogRequest()
    {
        if (IsWatched && Manager.Choices.ServiceWatchdogs) { OnWatchdogFailure($"Watchdog request (last status: {StatusText ?? "<unset>"})!"); }
    }

    private void OnWatchdogFailure(string what)
    {
        Log.Error(this, $"{what}");
        EnterSignal(ServiceState.StopWatchdog, ServiceResult.Watchdog);
    }

    private bool IsWatched => State is ServiceState.Start or ServiceState.StartPost or ServiceState.Running
        or ServiceState.Reload or ServiceState.ReloadSignal or ServiceState.ReloadNotify;
}
