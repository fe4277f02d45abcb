using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>The socket's record. Tags are never reused. The descriptors themselves lie with init.</summary>
public sealed partial class SocketUnit
{
    private static class Tag
    {
        public const uint State = TypeTags, Result = TypeTags + 1, ControlPid = TypeTags + 2, ControlStart = TypeTags + 3;
        public const uint ControlCommand = TypeTags + 4, ControlIndex = TypeTags + 5, TimerAt = TypeTags + 6;
        public const uint Accepted = TypeTags + 7, Refused = TypeTags + 8, Connection = TypeTags + 9;
        public const uint TriggerBegin = TypeTags + 10, TriggerCount = TypeTags + 11, Handled = TypeTags + 12;
    }

    private int _recoveredControl;
    private ulong _recoveredControlStart;
    private Usec _recoveredTimer = Usec.Infinity;

    protected override void WriteType(RecordWriter to)
    {
        WriteNonZero(to, Tag.State, (uint)State);
        WriteNonZero(to, Tag.Result, (uint)Result);
        WriteNonZero(to, Tag.ControlPid, (uint)Control.Pid);
        WriteNonZero(to, Tag.ControlStart, Control.StartTime);
        WriteNonZero(to, Tag.ControlCommand, (uint)_controlCommand);
        WriteNonZero(to, Tag.ControlIndex, (uint)_controlIndex);
        WriteNonZero(to, Tag.Accepted, AcceptedCount);
        WriteNonZero(to, Tag.Refused, RefusedCount);
        WriteNonZero(to, Tag.Handled, _handled);
        WriteNonZero(to, Tag.TriggerBegin, _triggerLimit.Begin.Value);
        WriteNonZero(to, Tag.TriggerCount, _triggerLimit.Count);
        if (_timer is { IsArmed: true } timer) { to.Write(Tag.TimerAt, timer.When.Value); }
        foreach ((Unit instance, string source) in _connections) { to.Write(Tag.Connection, $"{instance.Id} {source}"); }
    }

    protected override void ReadType(uint tag, in SavedField value)
    {
        switch (tag)
        {
            case Tag.State: State = value.Number < (ulong)SocketStates.Rows.Length ? (SocketState)value.Number : SocketState.Dead; break;
            case Tag.Result: Result = (SocketResult)value.Number; break;
            case Tag.ControlPid: _recoveredControl = (int)value.Number; break;
            case Tag.ControlStart: _recoveredControlStart = value.Number; break;
            case Tag.ControlCommand: _controlCommand = (SocketCommand)value.Number; break;
            case Tag.ControlIndex: _controlIndex = (int)value.Number; break;
            case Tag.Accepted: AcceptedCount = (uint)value.Number; break;
            case Tag.Refused: RefusedCount = (uint)value.Number; break;
            case Tag.Handled: _handled = (uint)value.Number; break;
            case Tag.TriggerBegin: _triggerLimit.Begin = value.Usec; break;
            case Tag.TriggerCount: _triggerLimit.Count = (uint)value.Number; break;
            case Tag.TimerAt: _recoveredTimer = value.Usec; break;
            case Tag.Connection: ReadConnection(value.String.Split(' ', 2)); break;
        }
    }

    private void ReadConnection(string[] words)
    {
        if (UnitName.TryParse(words[0], out UnitName name)) { _connections[Manager.GetOrAdd(name)] = words.Length > 1 ? words[1] : ""; }
    }

    /// <summary>Whoever was down and has open ends again listens; what came meanwhile waits in them.</summary>
    protected override void OnFoundKept()
    {
        if (State != SocketState.Dead || !HasOpenPorts) { return; }
        Log.Notice(this, $"Found open, taken over as listening.");
        if (!Accepts && Service is { } service && !service.ActiveState.IsInactiveOrFailed()) { Enter(SocketState.Running); }
        else { EnterListening(flush: false); }
    }

    protected override void OnRecovered()
    {
        foreach (Unit instance in new List<Unit>(_connections.Keys))
        {
            if (instance.ActiveState.IsInactiveOrFailed() && instance.Job is null) { _connections.Remove(instance); }
            else { AddInstanceEdge(instance); }
        }
        if (_recoveredControl != 0) { Manager.Readopt(Control, _recoveredControl, _recoveredControlStart, RunOf(_controlCommand, _controlIndex)); }
        if (!_recoveredTimer.IsInfinity)
        {
            _timer ??= new Events.Deadline(Manager.Monotonic, this);
            _timer.ArmAt(_recoveredTimer);
        }
        bool hasFds = (SocketStates.Row(State).Keep & SocketKeep.Fds) != 0 && State != SocketState.StartChown;
        // A helper that was looking up a name for our former self tells us nothing: begin again.
        if (State == SocketState.StartChown) { QueueEffect(EffectOfState); }
        else if (!hasFds && HasOpenPorts) { QueueEffect(CloseEffect); }
        if (!hasFds)
        {
            ServeUnhandled();
            return;
        }
        if (State is SocketState.Listening or SocketState.Running && !HasOpenPorts) { Reopen(); }
        else { KeepAll(); }
        if (State == SocketState.Listening) { Watch(); }
        ServeUnhandled();
        // The service may have ended while nobody looked, or never have been asked for.
        if (State == SocketState.Running && Service is { Job: null } service && service.ActiveState.IsInactiveOrFailed()) { EnterListening(flush: false); }
    }
}
