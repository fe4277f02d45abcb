using System.Text;
using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>--wait: units that were started, until each has stopped again and has no job.</summary>
internal sealed class UnitWaiter
{
    private readonly Caller _caller;
    private readonly HashSet<string> _paths = [];
    private readonly HashSet<string> _held = [];
    private bool _hasNews = true;

    private UnitWaiter(Caller caller) => _caller = caller;

    public static UnitWaiter Start(Caller caller)
    {
        var waiter = new UnitWaiter(caller);
        // Changes are told to those who have asked for them.
        BusReply reply = caller.Manager("Subscribe");
        if (reply.Failed) { Log.Debug($"Failed to enable subscription: {reply.Error}"); }
        _ = caller.Bus.Listen("type='signal',sender='org.freedesktop.systemd1',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged'",
            waiter.OnSignal);
        return waiter;
    }

    public void Add(string unit) => _paths.Add(UnitPath.Of(unit));

    /// <summary>Adds a unit that is being cleaned, and must stay loaded meanwhile; over a message bus only, which tells the manager when we are gone.</summary>
    public bool Hold(string unit)
    {
        BusReply reply = _caller.Manager("RefUnit", "s", w => w.WriteString(unit));
        if (reply.Failed)
        {
            _ = Log.Error($"Failed to add reference to unit {unit}: {reply.Error}");
            return false;
        }
        Add(unit);
        _held.Add(UnitPath.Of(unit));
        return true;
    }

    public void Remove(string unit) => _paths.Remove(UnitPath.Of(unit));

    /// <returns>True when one of them failed.</returns>
    public bool Wait()
    {
        bool failed = false;
        while (_paths.Count > 0)
        {
            if (_hasNews)
            {
                _hasNews = false;
                foreach (string path in _paths.ToArray())
                {
                    if (!HasEnded(path, out bool badly)) { continue; }
                    _paths.Remove(path);
                    failed |= badly;
                }
                continue;
            }
            if (_caller.Bus.IsClosed) { return true; }
            _ = _caller.Bus.Process(-1);
        }
        return failed;
    }

    private bool HasEnded(string path, out bool badly)
    {
        string? active = _caller.GetText(path, Caller.UnitInterface, "ActiveState", out BusError? error);
        badly = active == "failed";
        if (error is not null) { return true; }
        if (_held.Contains(path)) { return active != "maintenance"; }
        bool hasJob = _caller.GetValue(path, Caller.UnitInterface, "Job", out _) is object[] { Length: > 0 } job && job[0] is > 0u;
        return active is "inactive" or "failed" && !hasJob;
    }

    private void OnSignal(Message message)
    {
        if (message.Member.SequenceEqual("PropertiesChanged"u8) && _paths.Contains(Encoding.UTF8.GetString(message.Path))) { _hasNews = true; }
    }
}
