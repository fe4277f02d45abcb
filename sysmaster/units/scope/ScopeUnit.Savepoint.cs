using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Units.Scope;

/// <summary>The scope's record. Tags are never reused.</summary>
public sealed partial class ScopeUnit
{
    private static class Tag
    {
        public const uint State = TypeTags, Result = TypeTags + 1, Pid = TypeTags + 2, TimerAt = TypeTags + 3, Controller = TypeTags + 4, WasAbandoned = TypeTags + 5;
    }

    internal static bool Explains(RecordReader fields, IReadOnlyList<int> pids)
    {
        while (fields.Next(out SavedField f))
        {
            if (f.Tag == Tag.State) { return (ScopeState)f.Number is not (ScopeState.Dead or ScopeState.Failed); }
        }
        return false;
    }

    private Usec _recoveredTimer = Usec.Infinity;

    protected override void WriteType(RecordWriter to)
    {
        WriteNonZero(to, Tag.State, (uint)State);
        WriteNonZero(to, Tag.Result, (uint)Result);
        foreach (int pid in Pids) { to.Write(Tag.Pid, (uint)pid); }
        if (_timer is { IsArmed: true } timer) { to.Write(Tag.TimerAt, timer.When); }
        if (Controller.Length > 0) { to.Write(Tag.Controller, Controller); }
        WriteNonZero(to, Tag.WasAbandoned, WasAbandoned ? 1u : 0);
    }

    protected override void ReadType(uint tag, in SavedField value)
    {
        switch (tag)
        {
            case Tag.State when !IsPerpetual: State = value.Number < (ulong)ScopeStates.Rows.Length ? (ScopeState)value.Number : ScopeState.Dead; break;
            case Tag.Result: Result = (ScopeResult)value.Number; break;
            case Tag.Pid: Pids.Add((int)value.Number); break;
            case Tag.TimerAt: _recoveredTimer = value.Usec; break;
            case Tag.Controller: _controller = value.String; break;
            case Tag.WasAbandoned: WasAbandoned = true; break;
        }
    }

    protected override void OnFoundRunning(IReadOnlyList<int> pids)
    {
        if (State == ScopeState.Dead && pids.Count > 0) { Enter(ScopeState.Running); }
    }

    protected override void OnRecovered()
    {
        if (!_recoveredTimer.IsInfinity) { ArmAt(_recoveredTimer); }
        if (State == ScopeState.StartChown) { QueueEffect(EffectOfState); }   // the system's manager may have been asked: its answer was for our former self
        if (!Manager.Cgroups.IsUsable)
        {
            foreach (int pid in Pids) { Manager.WatchPid(this, pid); }
            return;
        }
        // Its last process may have gone while nobody looked.
        if (State is ScopeState.Running or ScopeState.Abandoned or ScopeState.StopSigterm or ScopeState.StopSigkill && !Manager.Cgroups.IsPopulated(this)) { OnCgroupEmpty(); }
    }
}
