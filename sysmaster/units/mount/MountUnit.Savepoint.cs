using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Units.Mount;

/// <summary>The mount's record. Tags are never reused.</summary>
public sealed partial class MountUnit
{
    private static class Tag
    {
        public const uint State = TypeTags, Result = TypeTags + 1, ReloadResult = TypeTags + 2, CleanResult = TypeTags + 3;
        public const uint ControlPid = TypeTags + 4, ControlStart = TypeTags + 5, TimerAt = TypeTags + 6, Umounts = TypeTags + 7;
    }

    private int _recoveredControl;
    private ulong _recoveredControlStart;
    private Usec _recoveredTimer = Usec.Infinity;

    protected override void WriteType(RecordWriter to)
    {
        WriteNonZero(to, Tag.State, (uint)State);
        WriteNonZero(to, Tag.Result, (uint)Result);
        WriteNonZero(to, Tag.ReloadResult, (uint)ReloadResult);
        WriteNonZero(to, Tag.CleanResult, (uint)CleanResult);
        WriteNonZero(to, Tag.ControlPid, (uint)Control.Pid);
        WriteNonZero(to, Tag.ControlStart, Control.StartTime);
        WriteNonZero(to, Tag.Umounts, (uint)_umounts);
        if (!_timer.When.IsInfinity) { to.Write(Tag.TimerAt, _timer.When.Value); }
    }

    protected override void ReadType(uint tag, in SavedField value)
    {
        switch (tag)
        {
            case Tag.State: State = value.Number < (ulong)MountStates.Rows.Length ? (MountState)value.Number : MountState.Dead; break;
            case Tag.Result: Result = (ControlResult)value.Number; break;
            case Tag.ReloadResult: ReloadResult = (ControlResult)value.Number; break;
            case Tag.CleanResult: CleanResult = (ControlResult)value.Number; break;
            case Tag.ControlPid: _recoveredControl = (int)value.Number; break;
            case Tag.ControlStart: _recoveredControlStart = value.Number; break;
            case Tag.Umounts: _umounts = (int)value.Number; break;
            case Tag.TimerAt: _recoveredTimer = new Usec(value.Number); break;
        }
    }

    /// <summary>
    /// The command is taken up again if it still is that one, and what it has done meanwhile is seen in the kernel's table, which was read before:
    /// nobody will tell of it once more. A step whose command is gone without a word, or was never let go, is done again where it is not done.
    /// </summary>
    protected override void OnRecovered()
    {
        if (_recoveredControl != 0) { Manager.Readopt(Control, _recoveredControl, _recoveredControlStart, null); }
        if (MountStates.Row(State).KeepsControl)
        {
            _timer.ArmAt(_recoveredTimer);
            if (Control.IsAlive) { FollowKernel(); }
            else { Resume(); }
        }
        else if ((State == MountState.Mounted) != (Kernel is not null) && !IsPerpetual) { OnKernelChanged(appeared: Kernel is not null); }
    }

    private void FollowKernel()
    {
        if (State == MountState.Mounting && Kernel is not null) { Enter(MountState.MountingDone); }
        else if (State == MountState.MountingDone && Kernel is null) { Enter(MountState.Mounting); }
    }

    private void Resume()
    {
        switch (State)
        {
            case MountState.MountingDone or MountState.Mounting when Kernel is not null: EnterMounted(ControlResult.Success); break;
            case MountState.MountingDone: EnterDead(ControlResult.Success); break;
            case MountState.Unmounting when Kernel is null: EnterDead(ControlResult.Success); break;
            default: QueueEffect(EffectOfState); break;
        }
    }
}
