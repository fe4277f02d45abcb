using FluentAssertions;
using SysMaster.Linux;
using Xunit;

namespace SysMaster.Savepoint.Tests;

public sealed class LedgerTests
{
    [Fact]
    public void Marks_outlive_the_one_who_set_them()
    {
        using Ledger first = Ledger.Create().Value;
        first.Landing(7, 3) = 0x42;
        first.Landing(7, 4) = 0x17;
        first.Sent(7) = 3;
        first.Half(7) = 1;

        using Ledger next = Successor(first);

        next.Landing(7, 3).Should().Be(0x42);
        next.Landing(7, 4).Should().Be(0x17);
        next.Sent(7).Should().Be(3u);
        next.Half(7).Should().Be(1);
        next.Sent(8).Should().Be(0u);
    }

    [Fact]
    public void Only_a_death_of_ones_own_makes_a_suspect()
    {
        using Ledger first = Ledger.Create().Value;
        first.Point(CrumbKind.Unit, "a.service");
        using Ledger killed = Successor(first);
        killed.Judge(ownFault: false);
        killed.Deaths(CrumbKind.Unit, "a.service"u8, 0).Should().Be(0);

        killed.Point(CrumbKind.Unit, "a.service"u8, 0);
        using Ledger crashed = Successor(killed);
        crashed.Judge(ownFault: true);
        crashed.Point(CrumbKind.Unit, "a.service");
        using Ledger again = Successor(crashed);
        again.Judge(ownFault: true);

        again.Deaths(CrumbKind.Unit, "a.service"u8, 0).Should().Be(2);
        again.Deaths(CrumbKind.Message, "a.service"u8, 0).Should().Be(0);
        again.HasSuspect(CrumbKind.Unit, 2).Should().BeTrue();
        again.Acquit();
        again.Deaths(CrumbKind.Unit, "a.service"u8, 0).Should().Be(0);
    }

    [Fact]
    public void A_turn_that_ended_well_leaves_no_crumb()
    {
        using Ledger first = Ledger.Create().Value;
        first.Point(CrumbKind.Message, ":1.7"u8, 12);
        first.Clear();

        using Ledger next = Successor(first);
        next.Judge(ownFault: true);

        next.Deaths(CrumbKind.Message, ":1.7"u8, 12).Should().Be(0);
    }

    [Fact]
    public void More_suspects_than_places_push_out_the_least_suspect()
    {
        using Ledger ledger = Ledger.Create().Value;
        for (int i = 0; i < 2; i++)
        {
            ledger.Point(CrumbKind.Unit, "worst.service");
            ledger.Judge(ownFault: true);
        }
        for (uint i = 0; i < 20; i++)
        {
            ledger.Point(CrumbKind.Message, ":1.1"u8, i + 1);
            ledger.Judge(ownFault: true);
        }

        ledger.Deaths(CrumbKind.Unit, "worst.service"u8, 0).Should().Be(2);
        ledger.Deaths(CrumbKind.Message, ":1.1"u8, 20).Should().Be(1);
    }

    /// <summary>Its state was good enough to work with: another death, hours later perhaps, is no sign against it.</summary>
    [Fact]
    public void Who_has_worked_well_did_not_die_of_its_state()
    {
        using Ledger ledger = Ledger.Create().Value;
        for (uint i = 1; i <= 3; i++)
        {
            ledger.Stand();
            ledger.Clear();
            ledger.Judge(ownFault: true);
            ledger.Failures.Should().Be(i, "it had not worked yet");
        }

        ledger.Stand();
        Thread.Sleep((int)(Ledger.StandsUsec / 1000) + 100);
        ledger.Point(CrumbKind.Unit, "a.service");
        ledger.Judge(ownFault: true);

        ledger.Failures.Should().Be(1);
        ledger.Deaths(CrumbKind.Unit, "a.service"u8, 0).Should().Be(1);

        ledger.Judge(ownFault: true);
        ledger.Failures.Should().Be(2, "the one after it never stood");
    }

    [Fact]
    public void A_foreign_descriptor_is_refused()
    {
        byte[] content = new byte[64 * 1024];
        content[0] = 1;
        OwnedFd foreign = Sys.MemoryFile("x"u8, content).Value;

        Ledger.Adopt(foreign).Error.Should().Be(Errno.EBADMSG);
    }

    [Fact]
    public unsafe void What_sendfile_has_handed_over_is_known_to_the_next()
    {
        using Ledger first = Ledger.Create().Value;
        int* pair = stackalloc int[2];
        LibC.socketpair(LibC.AF_UNIX, 1, 0, pair).Should().Be(0);
        using OwnedFd ours = new(pair[0]), theirs = new(pair[1]), file = Sys.MemoryFile("lines"u8, "....OK 12\r\n"u8).Value;
        first.BeginTransfer(7, 3, 4);
        first.Transferred(7, 3).Should().Be(0);

        fixed (long* offset = &first.BeginTransfer(7, 3, 4)) { LibC.sendfile(ours.Value, file.Value, offset, 7).Should().Be(7); }

        using Ledger next = Successor(first);
        next.Transferred(7, 3).Should().Be(7);
        next.Transferred(7, 4).Should().Be(0, "that is another record");
        next.Transferred(8, 3).Should().Be(0, "that is another connection");
        var seen = new byte[16];
        Sys.Read(theirs.Fd, seen).Value.Should().Be(7);
        seen.AsSpan(0, 7).SequenceEqual("OK 12\r\n"u8).Should().BeTrue();
    }

    private static Ledger Successor(Ledger of) => Ledger.Adopt(new OwnedFd(LibC.fcntl(of.Fd.Value, LibC.F_DUPFD_CLOEXEC, 3))).Value;
}
