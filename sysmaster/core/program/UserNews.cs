using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Program;

/// <summary>
/// What the system's manager is told of a user's by sd_notify(3): ready once basic.target is up, then that the start is over, each reload, the
/// end. init sends it, since it is the main process there. A recovered core says READY=1 again, which changes nothing.
/// </summary>
internal sealed class UserNews(Manager manager, ByteText socket) : IManagerObserver
{
    private bool _isReady;

    public void OnUnitChanged(Unit unit)
    {
        if (!_isReady && unit.Id == SpecialUnits.Basic) { Check(); }
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
    }

    private void Check()
    {
        if (manager.Find(SpecialUnits.Basic) is not { } basic || !basic.ActiveState.IsActiveOrReloading()) { return; }
        _isReady = true;
        Tell("READY=1\nSTATUS=Reached basic.target.");
    }

    private void Tell(string text) => _ = manager.Init?.SendTo(socket.Span, new ByteText(text).Span);
}
