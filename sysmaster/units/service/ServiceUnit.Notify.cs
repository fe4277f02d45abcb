using System.Buffers.Text;
using System.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>What the service last said of its own life.</summary>
internal enum NotifyState : byte { Unknown, Ready, Reloading, Stopping }

/// <summary>sd_notify(3): what a service says about itself.</summary>
public sealed partial class ServiceUnit
{
    private NotifyAccess? _notifyAccessOverride;
    private Usec? _watchdogOverride;
    private Usec _reloadBegin;
    private bool _busNameOwned;

    public NotifyAccess EffectiveNotifyAccess
    {
        get
        {
            if (_notifyAccessOverride is { } set) { return set; }
            NotifyAccess access = Get(ServiceDirectives.NotifyAccess);
            bool needed = Type_ is ServiceType.Notify or ServiceType.NotifyReload || WatchdogInterval != Usec.Zero
                || Get(ServiceDirectives.FileDescriptorStoreMax) > 0;
            return access == NotifyAccess.None && needed ? NotifyAccess.Main : access;
        }
    }

    protected override void OnNotify(in NotifyMessage message)
    {
        if (!MayNotify(message.Sender.pid)) { return; }
        ReadMainPid(message);
        if (message.Has("RELOADING=1"u8)) { OnSaidReloading(message); }
        if (message.Has("READY=1"u8)) { OnSaidReady(); }
        if (message.Has("STOPPING=1"u8)) { OnSaidStopping(); }
        ReadTexts(message);
        ReadWatchdog(message);
        ReadFds(message);
        MarkDirty();
    }

    private bool MayNotify(int pid)
    {
        NotifyAccess access = EffectiveNotifyAccess;
        bool allowed = access switch
        {
            NotifyAccess.None => false,
            NotifyAccess.Main => pid == Main.Pid,
            NotifyAccess.Exec => pid == Main.Pid || pid == Control.Pid,
            _ => true,
        };
        if (allowed) { return true; }
        Log.Warning(this, access switch
        {
            NotifyAccess.None => $"Got notification message from PID {pid}, but reception is disabled",
            NotifyAccess.Main => $"Got notification message from PID {pid}, but reception only permitted for main PID {(Main.Pid > 0 ? Main.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture) : "which is currently not known")}",
            _ => $"Got notification message from PID {pid}, but reception only permitted for main PID {Main.Pid} and control PID {Control.Pid}",
        });
        return false;
    }

    private void ReadMainPid(in NotifyMessage message)
    {
        ReadOnlySpan<byte> value = message.Find("MAINPID"u8, out bool found);
        if (!found || State is not (ServiceState.Start or ServiceState.StartPost or ServiceState.Running
            or ServiceState.Reload or ServiceState.ReloadSignal or ServiceState.ReloadNotify)) { return; }
        if (!Utf8Parser.TryParse(value, out int pid, out int used) || used != value.Length || pid <= 0)
        {
            Log.Warning(this, $"Failed to parse MAINPID= field in notification message, ignoring: {Encoding.UTF8.GetString(value)}");
            return;
        }
        if (pid == Main.Pid && Main.IsAlive) { return; }
        string? unfit = pid == 1 || pid == LibC.getpid() ? "is the manager, refusing." : pid == Control.Pid ? "is the control process, refusing."
            : !ProcStat.IsAlive(pid) ? "does not exist or is a zombie." : null;
        if (unfit is not null)
        {
            Log.Warning(this, $"New main PID {pid} {unfit}");
            return;
        }
        if (!ReferenceEquals(Manager.UnitOfPid(pid), this) && message.Sender.uid != 0)
        {
            Log.Warning(this, $"New main PID {pid} does not belong to service, refusing.");
            return;
        }
        SetMainPid(pid);
    }

    private void OnSaidReady()
    {
        _notifyState = NotifyState.Ready;
        switch (State)
        {
            case ServiceState.Start when Type_ is ServiceType.Notify or ServiceType.NotifyReload: EnterStartPost(); break;
            case ServiceState.ReloadNotify: EnterRunning(ServiceResult.Success); break;
            case ServiceState.StopSigterm or ServiceState.StopWatchdog: break;
        }
    }

    private void OnSaidReloading(in NotifyMessage message)
    {
        _notifyState = NotifyState.Reloading;
        if (State == ServiceState.Running) { EnterReloadByNotify(); return; }
        if (State != ServiceState.ReloadSignal) { return; }
        ReadOnlySpan<byte> value = message.Find("MONOTONIC_USEC"u8, out bool found);
        if (!found || !Utf8Parser.TryParse(value, out ulong at, out _))
        {
            Log.Warning(this, $"Got RELOADING=1 without a valid MONOTONIC_USEC=, ignoring.");
            return;
        }
        // An answer to an earlier signal is not the answer to ours.
        if (new Usec(at) >= _reloadBegin) { Enter(ServiceState.ReloadNotify); ArmStateTimer(ServiceState.ReloadNotify); }
    }

    private void OnSaidStopping()
    {
        _notifyState = NotifyState.Stopping;
        if (State is ServiceState.Running or ServiceState.ReloadNotify or ServiceState.ReloadSignal) { EnterStopByNotify(); }
    }

    private void ReadTexts(in NotifyMessage message)
    {
        ReadOnlySpan<byte> status = message.Find("STATUS"u8, out bool found);
        if (found)
        {
            if (!System.Text.Unicode.Utf8.IsValid(status)) { Log.Warning(this, $"Status message in notification message is not UTF-8 clean, ignoring."); }
            else
            {
                string? text = status.IsEmpty ? null : Encoding.UTF8.GetString(status);
                if (text != _statusText) { MarkChanged(); }
                _statusText = text;
            }
        }
        ReadOnlySpan<byte> errno = message.Find("ERRNO"u8, out found);
        if (found) { ReadErrno(errno); }
        ReadOnlySpan<byte> access = message.Find("NOTIFYACCESS"u8, out found);
        if (found && ((EnumKind<NotifyAccess>)ServiceKinds.NotifyAccesses).TryWord(access, out NotifyAccess set))
        {
            _notifyAccessOverride = set;
            MarkChanged();
        }
        ReadOnlySpan<byte> extend = message.Find("EXTEND_TIMEOUT_USEC"u8, out found);
        if (found && Utf8Parser.TryParse(extend, out ulong usec, out _)) { ExtendTimeout(new Usec(usec)); }
    }

    private void ReadErrno(ReadOnlySpan<byte> text)
    {
        if (UnitFiles.ErrnoNames.TryParse(text, out int number))
        {
            if (StatusErrno != number) { MarkChanged(); }
            StatusErrno = number;
            return;
        }
        Errno why = Utf8Parser.TryParse(text, out long _, out int used) && used == text.Length ? Errno.ERANGE : Errno.EINVAL;
        Log.Warning(this, $"Failed to parse ERRNO= field value '{Encoding.UTF8.GetString(text)}' in notification message: {why.ToString()}");
    }

    /// <summary>EXTEND_TIMEOUT_USEC=: the limit of the present state does not fall before then.</summary>
    private void ExtendTimeout(Usec span)
    {
        if (span == Usec.Zero || span.IsInfinity || TimerAt.IsInfinity) { return; }
        Usec until = Manager.Loop.Now + span;
        if (until > TimerAt) { Timer.ArmAt(until); }
    }

    private void ReadWatchdog(in NotifyMessage message)
    {
        ReadOnlySpan<byte> usec = message.Find("WATCHDOG_USEC"u8, out bool found);
        if (found && Utf8Parser.TryParse(usec, out ulong interval, out _))
        {
            _watchdogOverride = new Usec(interval);
            StartWatchdog();
        }
        ReadOnlySpan<byte> ping = message.Find("WATCHDOG"u8, out found);
        if (!found) { return; }
        if (ping.SequenceEqual("1"u8)) { StartWatchdog(); }
        else if (ping.SequenceEqual("trigger"u8)) { OnWatchdogRequest(); }
        else { Log.Warning(this, $"Passed WATCHDOG= field is invalid, ignoring."); }
    }

    protected override void OnBusNameChanged(string name, string? oldOwner, string? newOwner)
    {
        _busNameOwned = !string.IsNullOrEmpty(newOwner);
        MarkDirty();
        if (Type_ != ServiceType.Dbus) { return; }
        if (State == ServiceState.Start && _busNameOwned) { EnterStartPost(); }
        else if (State == ServiceState.Running && !_busNameOwned) { EnterRunning(ServiceResult.Success); }
    }
}
