using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;
using SysMaster.Units.Mount;

namespace SysMaster.Units.Tests;

public sealed class MountRecoveryTests
{
    private const string Root = "21 1 254:0 / / rw - ext4 /dev/vda rw\n";
    private const string Mnt = "70 21 0:44 / /run/refmnt rw - tmpfs tmpfs rw\n";
    private static readonly (string, string) s_unit = ("run-refmnt.mount", "[Mount]\nWhat=tmpfs\nWhere=/run/refmnt\nType=tmpfs\n");

    private static void Apply(TestManager test, string info)
    {
        MountTable.Of(test.Manager).Apply(new ByteText(info).Span, default);
        test.Settle();
    }

    [Theory]
    [InlineData(Root + Mnt, Root + Mnt, MountState.Mounted)]
    [InlineData(Root + Mnt, Root, MountState.Dead)]
    [InlineData(Root, Root + Mnt, MountState.Mounted)]
    public void After_a_restart_the_unit_is_as_the_kernel_says(string before, string after, MountState state)
    {
        SavepointLog log = SavepointLog.Create().Value;
        using var first = new TestManager(s_unit);
        first.Manager.SetSavepoint(log);
        first["run-refmnt.mount"].HoldCount++;
        Apply(first, before);
        InvocationId invocation = first["run-refmnt.mount"].InvocationId;

        using var second = new TestManager(s_unit);
        second["run-refmnt.mount"].HoldCount++;
        Apply(second, after);
        second.Manager.SetSavepoint(log);
        second.Manager.RecoverState(new Dictionary<string, SysMaster.Linux.OwnedFd>());
        second.Settle();

        ((MountUnit)second["run-refmnt.mount"]).State.Should().Be(state);
        if (before == after) { second["run-refmnt.mount"].InvocationId.Should().Be(invocation); }
    }

    [Theory]
    [InlineData(Root + Mnt, "mounting", MountState.Mounting, MountState.MountingDone, MountState.Mounted)]
    [InlineData(Root + Mnt, "mounting-done", MountState.MountingDone, MountState.MountingDone, MountState.Mounted)]
    [InlineData(Root, "mounting-done, and gone again", MountState.MountingDone, MountState.Mounting, MountState.Failed)]
    [InlineData(Root, "unmounting", MountState.Unmounting, MountState.Unmounting, MountState.Dead)]
    public void A_command_that_the_last_manager_started_is_judged_by_what_the_kernel_shows(string info, string why, MountState left, MountState taken, MountState end)
    {
        using TestManager second = Recovered(info, left, Environment.ProcessId, pending: 0);
        var mount = (MountUnit)second["run-refmnt.mount"];

        mount.State.Should().Be(taken, why);
        second.Manager.OnExited(Environment.ProcessId, new ChildExit(LibC.CLD_EXITED, 0));
        second.Settle();

        mount.State.Should().Be(end, why);
    }

    [Theory]
    [InlineData(Root + Mnt, MountState.Mounting, MountState.Mounted)]
    [InlineData(Root, MountState.Unmounting, MountState.Dead)]
    public void What_the_kernel_shows_as_done_is_not_done_again(string info, MountState left, MountState end)
    {
        using TestManager second = Recovered(info, left, 0, pending: 1);

        // Doing it again would fail here: there is no executor.
        ((MountUnit)second["run-refmnt.mount"]).State.Should().Be(end);
        ((MountUnit)second["run-refmnt.mount"]).Result.Should().Be(ControlResult.Success);
    }

    private const uint EffectsTag = 19, StateTag = 64, PidTag = 68, StartTag = 69;

    /// <summary>A manager after one that left the mount in this state, its command (if any) running.</summary>
    private static TestManager Recovered(string info, MountState left, int pid, uint pending)
    {
        SavepointLog log = SavepointLog.Create().Value;
        using (RecordWriter to = log.Stage(RecordKinds.Unit, "run-refmnt.mount"u8))
        {
            to.Write(EffectsTag, pending);
            to.Write(StateTag, (ulong)left);
            to.Write(PidTag, (ulong)pid);
            to.Write(StartTag, pid == 0 ? 0 : ProcStat.StartTime(pid));
        }
        log.Commit();
        var second = new TestManager(s_unit);
        second["run-refmnt.mount"].HoldCount++;
        Apply(second, info);
        second.Manager.SetSavepoint(log);
        second.Manager.RecoverState(new Dictionary<string, SysMaster.Linux.OwnedFd>());
        second.Settle();
        return second;
    }
}
