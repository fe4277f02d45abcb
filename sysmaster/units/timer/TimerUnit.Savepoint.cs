using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Units.Timer;

/// <summary>What outlives this manager (the record) and this boot (the stamp file of Persistent=).</summary>
public sealed partial class TimerUnit
{
    private static class Tag
    {
        public const uint State = TypeTags, Result = TypeTags + 1, LastTrigger = TypeTags + 2, Monotonic = TypeTags + 4, Realtime = TypeTags + 5, Disabled = TypeTags + 6;
    }

    protected override void WriteType(RecordWriter to)
    {
        WriteNonZero(to, Tag.State, (uint)State);
        WriteNonZero(to, Tag.Result, (uint)Result);
        WriteStamp(to, Tag.LastTrigger, LastTrigger);
        if (!NextElapseMonotonic.IsInfinity) { to.Write(Tag.Monotonic, NextElapseMonotonic); }
        if (!NextElapseRealtime.IsInfinity) { to.Write(Tag.Realtime, NextElapseRealtime); }
        for (int i = 0; i < _values.Count; i++)
        {
            if (_values[i].IsDisabled) { to.Write(Tag.Disabled, (uint)i); }
        }
    }

    protected override void ReadType(uint tag, in SavedField value)
    {
        switch (tag)
        {
            case Tag.State: State = value.Number < (ulong)TimerStates.Rows.Length ? (TimerState)value.Number : TimerState.Dead; break;
            case Tag.Result: Result = (TimerResult)value.Number; break;
            case Tag.LastTrigger: LastTrigger = LastTrigger with { Realtime = value.Usec }; break;
            case Tag.LastTrigger + 1: LastTrigger = LastTrigger with { Monotonic = value.Usec }; break;
            case Tag.Monotonic: NextElapseMonotonic = value.Usec; break;
            case Tag.Realtime: NextElapseRealtime = value.Usec; break;
            case Tag.Disabled: (_recoveredDisabled ??= []).Add((int)value.Number); break;
        }
    }

    private List<int>? _recoveredDisabled;

    protected override void OnRecovered()
    {
        foreach (int i in _recoveredDisabled ?? [])
        {
            if (i < _values.Count) { _values[i].IsDisabled = true; }
        }
        _recoveredDisabled = null;
        if (State == TimerState.Waiting) { Arm(); }
        // Its unit may have ended while nobody told.
        else if (State == TimerState.Running && Triggered is { Job: null } unit && unit.ActiveState.IsInactiveOrFailed()) { EnterWaiting(timeChange: false); }
    }

    /// <summary>When the timer last triggered in an earlier boot: the file's mtime.</summary>
    private void TakeStamp()
    {
        Result<FileStat> stat = Sys.Stat(StampPath);
        if (stat.Failed)
        {
            // It never ran: the first elapse counts from now, also across boots.
            if (stat.Error == Errno.ENOENT) { QueueEffect(StampEffect); }
            return;
        }
        var last = new Usec((ulong)Math.Max(stat.Value.MtimeUsec, 0));
        if (last < Clock.Realtime()) { LastTrigger = new DualTimestamp(last, Usec.Zero); }
        else { Log.Warning(this, $"Not using persistent file timestamp {UnitFiles.TimestampText.Format(last)} as it is in the future."); }
    }

    protected override void RunEffect(uint bit)
    {
        _ = Sys.MkdirAll(new ByteText(StampDirectory), 0x1ED);
        Usec at = LastTrigger.Realtime != Usec.Zero ? LastTrigger.Realtime : Clock.Realtime();
        Errno error = Sys.Touch(StampPath, at);
        if (error.Failed) { Log.Warning(this, $"Failed to update timestamp of {StampPath.ToString()}, ignoring: {error.ToString()}"); }
    }

    protected override void OnRemoved()
    {
        _monotonic?.Disarm();
        _realtime?.Disarm();
        base.OnRemoved();
    }
}
