using System.Text;
using SysMaster.Core;
using SysMaster.Core.Boot;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Program;

/// <summary>
/// What whoever runs this manager is told by sd_notify(3), $NOTIFY_SOCKET: the system's manager of a user's, a container manager of the system's.
/// A user's is ready once basic.target is up, the system's when its start is over; then each reload, and the end. The system's tells also what
/// it is called, what it understands and which targets are up (X_SYSTEMD_*, systemd(1)). init sends it all, since it is the main process
/// there; what changes in one turn is one message, since a listener's queue is short and READY=1 must find room. A recovered core says READY=1 again, which changes nothing.
/// </summary>
internal sealed class OuterNews(Manager manager, ByteText socket) : IManagerObserver
{
    private readonly HashSet<UnitName> _up = [];
    private readonly StringBuilder _due = new();
    private bool _isReady;

    /// <summary>What does not change while this manager runs; the system's only.</summary>
    public void Introduce(SystemFacts facts)
    {
        var text = new StringBuilder("X_SYSTEMD_SIGNALS_LEVEL=2");
        Result<byte[]> host = Sys.ReadFile("/proc/sys/kernel/hostname"u8, 256);
        if (!host.Failed) { text.Append($"\nX_SYSTEMD_HOSTNAME={new ByteText(host.Value.AsSpan().TrimEnd((byte)'\n'))}"); }
        if (facts.MachineId is { Length: > 0 } id) { text.Append($"\nX_SYSTEMD_MACHINE_ID={id}"); }
        Tell(text.ToString());
    }

    /// <summary>The last words: how it ends, and with which status where somebody waits for one. None where another manager follows here.</summary>
    public void Farewell()
    {
        string? verb = manager.Objective switch
        {
            Objective.Reexec or Objective.SwitchRoot or Objective.SoftReboot => null,
            Objective.Reboot or Objective.RebootNow => "reboot",
            Objective.Poweroff or Objective.PoweroffNow => "poweroff",
            Objective.Halt or Objective.HaltNow => "halt",
            Objective.Kexec => "kexec",
            _ => "exit",
        };
        if (verb is null) { return; }
        string status = verb == "exit" ? $"\nEXIT_STATUS={manager.ExitCode}" : "";
        Tell($"STOPPING=1\nSTATUS=Shutting down.\nX_SYSTEMD_SHUTDOWN={verb}{status}");
    }

    public void OnUnitChanged(Unit unit)
    {
        if (!_isReady && unit.Id == SpecialUnits.Basic) { Check(); }
        if (!manager.IsSystem || unit.Id.Kind != UnitKind.Target) { return; }
        if (unit.ActiveState.IsActiveOrReloading() ? _up.Add(unit.Id) : _up.Remove(unit.Id))
        {
            _due.Append(_due.Length > 0 ? "\n" : "").Append(_up.Contains(unit.Id) ? "X_SYSTEMD_UNIT_ACTIVE=" : "X_SYSTEMD_UNIT_INACTIVE=").Append(unit.Id.Text);
        }
    }

    public void OnUnitRemoved(Unit unit) { }

    public void OnBeforeStateChange(Unit unit) { }

    public void OnJobChanged(Job job) { }

    public void OnJobRemoved(Job job, JobResult result) { }

    public void OnReloading(bool active)
    {
        ulong since = Events.Clock.Monotonic().Value;
        Tell(active ? $"RELOADING=1\nMONOTONIC_USEC={since}\nSTATUS=Reloading configuration." : "READY=1\nSTATUS=Ready.");
    }

    public void OnStartupFinished()
    {
        _isReady = true;
        Tell("READY=1\nSTATUS=Ready.");
    }

    public void OnUnitFilesChanged() { }

    public void OnTurnEnd()
    {
        if (!_isReady) { Check(); }
        if (_due.Length == 0) { return; }
        Tell(_due.ToString());
        _due.Clear();
    }

    private void Check()
    {
        if (manager.IsSystem || manager.Find(SpecialUnits.Basic) is not { } basic || !basic.ActiveState.IsActiveOrReloading()) { return; }
        _isReady = true;
        Tell("READY=1\nSTATUS=Reached basic.target.");
    }

    private void Tell(string text) => _ = manager.Init?.SendTo(socket.Span, new ByteText(text).Span);
}
