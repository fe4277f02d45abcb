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
}
