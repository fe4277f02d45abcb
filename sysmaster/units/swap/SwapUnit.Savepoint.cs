using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Units.Swap;

/// <summary>The swap's record. Tags are never reused.</summary>
public sealed partial class SwapUnit
{
    private static class Tag
    {
        public const uint State = TypeTags, Result = TypeTags + 1, CleanResult = TypeTags + 2;
        public const uint ControlPid = TypeTags + 3, ControlStart = TypeTags + 4, TimerAt = TypeTags + 5;
    }

    private int _recoveredControl;
    private ulong _recoveredControlStart;
    private Usec _recoveredTimer = Usec.Infinity;

    protected override void WriteType(RecordWriter to)
    {
        WriteNonZero(to, Tag.State, (uint)State);
        WriteNonZero(to, Tag.Result, (uint)Result);
        WriteNonZero(to, Tag.CleanResult, (uint)CleanResult);
        WriteNonZero(to, Tag.ControlPid, (uint)Control.Pid);
        WriteNonZero(to, Tag.ControlStart, Control.StartTime);
        if (!_timer.When.IsInfinity) { to.Write(Tag.TimerAt, _timer.When.Value); }
    }

    protected override void ReadType(uint tag, in SavedField value)
    {
        switch (tag)
        {
            case Tag.State: State = value.Number < (ulong)SwapStates.Rows.Length ? (SwapState)value.Number : SwapState.Dead; break;
            case Tag.Result: Result = (ControlResult)value.Number; break;
            case Tag.CleanResult: CleanResult = (ControlResult)value.Number; break;
            case Tag.ControlPid: _recoveredControl = (int)value.Number; break;
            case Tag.ControlStart: _recoveredControlStart = value.Number; break;
            case Tag.TimerAt: _recoveredTimer = new Usec(value.Number); break;
        }
    }

    /// <summary>
    /// The command is taken up again if it still is that one; a step whose command is gone without a word, or was never let go, is done again where
    /// the kernel does not show it as done.
    /// </summary>
    protected override void OnRecovered()
    {
        if (_recoveredControl != 0) { Manager.Readopt(Control, _recoveredControl, _recoveredControlStart, null); }
        if (!SwapStates.Row(State).KeepsControl)
        {
            if ((State == SwapState.Active) != IsInUse) { OnKernelChanged(); }
            return;
        }
        _timer.ArmAt(_recoveredTimer);
        if (Control.IsAlive) { return; }
        switch (State)
        {
            case SwapState.Activating or SwapState.ActivatingDone when IsInUse: EnterActive(ControlResult.Success); break;
            case SwapState.ActivatingDone: EnterDead(ControlResult.Success); break;
            case SwapState.Deactivating when !IsInUse: EnterDead(ControlResult.Success); break;
            default: QueueEffect(EffectOfState); break;
        }
    }
}
