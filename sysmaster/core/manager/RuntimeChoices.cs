using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Core.Status;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>
/// What somebody chose for the manager itself while it ran (signals to PID 1, systemd1(5) SetShowStatus() and the writable properties): it
/// outlives this process, where what was configured is read anew. Null: as configured.
/// </summary>
public sealed class RuntimeChoices(Manager manager)
{
    private static class Tag
    {
        public const uint LogLevel = 3, LogTarget = 14, ShowStatus = 15, ServiceWatchdogs = 16, Watchdog = 17, Governor = 18;
    }

    private static class WatchdogTag
    {
        public const uint Which = 1, Value = 2;
    }

    /// <summary>A row's place in it is part of the savepoint.</summary>
    private static readonly Directive<Usec>[] s_watchdogs =
        [ManagerDirectives.RuntimeWatchdogSec, ManagerDirectives.RuntimeWatchdogPreSec, ManagerDirectives.RebootWatchdogSec, ManagerDirectives.KExecWatchdogSec];

    private LogLevel _configuredLevel = Log.MaxLevel;
    private LogTarget _configuredTarget = Log.Target;
    private LogLevel? _level;
    private LogTarget? _target;
    private ShowStatus? _status;
    private bool? _serviceWatchdogs;

    /// <summary>The log is as it was configured: what is gone back to.</summary>
    public void TakeConfigured() => (_configuredLevel, _configuredTarget) = (Log.MaxLevel, Log.Target);

    /// <summary>WatchdogSec= of services is enforced; off for debugging. D-Bus ServiceWatchdogs.</summary>
    public bool ServiceWatchdogs => _serviceWatchdogs ?? ConfiguredServiceWatchdogs;

    public bool ConfiguredServiceWatchdogs { get; set; } = true;

    public void SetLogLevel(LogLevel? level)
    {
        _level = level;
        Log.MaxLevel = level ?? _configuredLevel;
        manager.MarkManagerDirty();
    }

    public void SetLogTarget(LogTarget? target)
    {
        _target = target;
        Log.Target = target ?? _configuredTarget;
        manager.MarkManagerDirty();
    }

    public void SetShowStatus(ShowStatus? mode)
    {
        _status = mode;
        if (manager.Status.Output is { } output && output.SetMode(mode ?? output.ConfiguredMode) is { Failed: true } error)
        {
            Log.Warning($"The marker of console status could not be set: {error.ToString()}");
        }
        manager.MarkManagerDirty();
    }

    public void SetServiceWatchdogs(bool enforced)
    {
        _serviceWatchdogs = enforced;
        manager.MarkManagerDirty();
    }

    /// <summary>One of the timeouts of the hardware watchdog.</summary>
    public void SetWatchdog(Directive<Usec> row, Usec timeout)
    {
        manager.Settings.Set(row, timeout, Origin.Bus);
        if (row == ManagerDirectives.RuntimeWatchdogSec) { manager.Watchdog.Apply(kept: null); }
        manager.MarkManagerDirty();
    }

    public void SetWatchdogGovernor(ByteText name)
    {
        manager.Settings.Set(ManagerDirectives.RuntimeWatchdogPreGovernor, name, Origin.Bus);
        manager.MarkManagerDirty();
    }

    internal void Write(RecordWriter to)
    {
        if (_level is { } level) { to.Write(Tag.LogLevel, (uint)level); }
        if (_target is { } target) { to.Write(Tag.LogTarget, (uint)target); }
        if (_status is { } status) { to.Write(Tag.ShowStatus, (uint)status); }
        if (_serviceWatchdogs is { } enforced) { to.Write(Tag.ServiceWatchdogs, enforced); }
        for (uint i = 0; i < s_watchdogs.Length; i++)
        {
            if (manager.Settings.OriginOf(s_watchdogs[i]) != Origin.Bus) { continue; }
            int group = to.BeginGroup(Tag.Watchdog);
            to.Write(WatchdogTag.Which, i);
            to.Write(WatchdogTag.Value, manager.Settings.Get(s_watchdogs[i]));
            to.EndGroup(group);
        }
        Directive<ByteText> governor = ManagerDirectives.RuntimeWatchdogPreGovernor;
        if (manager.Settings.OriginOf(governor) == Origin.Bus) { to.Write(Tag.Governor, manager.Settings.Get(governor)); }
    }

    /// <returns>Whether the field is one of these.</returns>
    internal bool Read(SavedField f)
    {
        switch (f.Tag)
        {
            case Tag.LogLevel: SetLogLevel((LogLevel)f.Number); return true;
            case Tag.LogTarget: SetLogTarget((LogTarget)f.Number); return true;
            case Tag.ShowStatus: SetShowStatus((ShowStatus)f.Number); return true;
            case Tag.ServiceWatchdogs: SetServiceWatchdogs(f.Bool); return true;
            case Tag.Watchdog: ReadWatchdog(f.Group); return true;
            case Tag.Governor: SetWatchdogGovernor(f.Text); return true;
            default: return false;
        }
    }

    /// <summary>The device is asked for it later, once it is ours again.</summary>
    private void ReadWatchdog(RecordReader fields)
    {
        ulong which = ulong.MaxValue;
        Usec timeout = Usec.Zero;
        while (fields.Next(out SavedField f))
        {
            switch (f.Tag)
            {
                case WatchdogTag.Which: which = f.Number; break;
                case WatchdogTag.Value: timeout = f.Usec; break;
            }
        }
        if (which < (ulong)s_watchdogs.Length) { manager.Settings.Set(s_watchdogs[which], timeout, Origin.Bus); }
    }
}
