using System.Runtime.InteropServices;
using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Units.Automount;

namespace SysMaster.Units.Tests;

public sealed class AutomountTests
{
    [Fact]
    public void Every_state_has_one_row_in_order()
    {
        var rows = new List<AutomountState>();
        foreach (AutomountStateRow row in AutomountStates.Rows) { rows.Add(row.State); }

        rows.Should().Equal(Enum.GetValues<AutomountState>());
    }

    [Fact]
    public void Dependencies_are_those_of_the_reference()
    {
        using var test = new TestManager(
            ("run-refauto.automount", "[Automount]\nWhere=/run/refauto\nTimeoutIdleSec=60\n"),
            ("run-refauto.mount", "[Mount]\nWhat=tmpfs\nWhere=/run/refauto\nType=tmpfs\n"));
        Unit unit = test["run-refauto.automount"];

        unit.HasDependency(Dep.Triggers, test["run-refauto.mount"]).Should().BeTrue();
        unit.HasDependency(Dep.Before, test["run-refauto.mount"]).Should().BeTrue();
        unit.HasDependency(Dep.Before, test["local-fs.target"]).Should().BeTrue();
        unit.HasDependency(Dep.After, test["local-fs-pre.target"]).Should().BeTrue();
        unit.HasDependency(Dep.Conflicts, test["umount.target"]).Should().BeTrue();
        unit.HasDependency(Dep.After, test["-.mount"]).Should().BeTrue();
    }

    [Theory]
    [InlineData("-.automount", "[Automount]\nWhere=/\n", UnitLoadState.Error)]
    [InlineData("mnt-a.automount", "[Automount]\nWhere=/mnt/b\n", UnitLoadState.BadSetting)]
    public void Contradictory_units_are_refused(string name, string text, UnitLoadState state)
    {
        using var test = new TestManager((name, text));

        test[name].LoadState.Should().Be(state);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void A_packet_of_the_kernels_is_a_request(int type, bool isExpire)
    {
        byte[] packet = new byte[304];
        MemoryMarshal.Write(packet.AsSpan(4), type);
        MemoryMarshal.Write(packet.AsSpan(8), 77u);
        MemoryMarshal.Write(packet.AsSpan(32), 4711);

        Autofs.Parse(packet).Should().Be(new AutofsRequest(isExpire, 77, 4711));
        Autofs.Parse(packet.AsSpan(0, 303)).Should().BeNull();
    }

    [Fact]
    public unsafe void A_packet_that_is_looked_at_stays_in_the_pipe()
    {
        int* ends = stackalloc int[2];
        LibC.pipe2(ends, LibC.O_CLOEXEC | (LibC.IsArm64 ? 0x10000 : 0x4000)).Should().Be(0);   // O_DIRECT: packets, as autofs has them
        using var reader = new OwnedFd(ends[0]);
        using var writer = new OwnedFd(ends[1]);
        byte[] seen = new byte[LibC.AutofsPacketSize];
        Autofs.Peek(reader.Fd, seen).Error.Should().Be(Errno.EAGAIN);
        for (byte i = 1; i <= 2; i++) { Sys.Write(writer.Fd, Enumerable.Repeat(i, LibC.AutofsPacketSize).ToArray()); }

        foreach (byte expected in (byte[])[1, 2])
        {
            for (int again = 0; again < 2; again++)
            {
                Autofs.Peek(reader.Fd, seen).Value.Should().Be(LibC.AutofsPacketSize);
                seen.Should().AllBeEquivalentTo(expected);
            }
            Sys.Read(reader.Fd, seen).Value.Should().Be(LibC.AutofsPacketSize);
        }

        Autofs.Peek(reader.Fd, seen).Error.Should().Be(Errno.EAGAIN);
    }
}
