using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Spawn.Tests.Init;

public sealed class InitLinkTests : IDisposable
{
    private readonly FakeInit _init = new();
    private readonly Told _told = new();

    public void Dispose() => _init.Dispose();

    private static int OpenDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    [Fact]
    public void A_start_is_told_in_order_and_descriptors_are_ours()
    {
        _init.Tell(new InitHeader(InitMessageKind.KeptFd), "executor"u8, _init.Call);
        _init.Tell(new InitHeader(InitMessageKind.KeptFd), "savepoint:0"u8, _init.Call);
        _init.Tell(new InitHeader(InitMessageKind.StartEnd, 3, 1, 2, 9, (long)StartFlags.LastHung), BitConverter.GetBytes(1));
        _init.Tell(new InitHeader(InitMessageKind.Exited, 44, 1, 7, 1000));
        _init.Tell(new InitHeader(InitMessageKind.Signal, 15, 0, 99, 1000, -5));
        _init.Tell(new InitHeader(InitMessageKind.StoreFailed, 23), "x"u8);

        Errno end = _init.Core.OnReadable(_told);

        end.Should().Be(Errno.EAGAIN);
        _told.Lines.Should().Equal("executor", "kept savepoint:0", "started 3 1 LastHung v1", "exited 44 1 7 1000",
            "signal 15 from 99 uid 1000 value -5", "not stored x: 23");
    }

    [Fact]
    public void The_budget_bounds_one_turn()
    {
        for (int i = 0; i < 5; i++) { _init.Tell(new InitHeader(InitMessageKind.Exited, i + 1)); }

        _init.Core.OnReadable(_told, budget: 3).Should().Be(Errno.None);

        _told.Lines.Should().HaveCount(3);
        _init.Core.OnReadable(_told).Should().Be(Errno.EAGAIN);
        _told.Lines.Should().HaveCount(5);
    }

    [Fact]
    public unsafe void What_is_no_message_and_what_is_not_known_is_passed_over_and_leaks_nothing()
    {
        int before = OpenDescriptors();
        byte junk = 1;
        LibC.sendto(_init.Link.Value, &junk, 1, 0, null, 0).Should().Be(1);
        _init.Tell(new InitHeader((InitMessageKind)999), "future"u8, _init.Call);
        _init.Tell(new InitHeader(InitMessageKind.StartEnd, 1));
        _init.Tell(new InitHeader(InitMessageKind.KeptFd), "late"u8, _init.Call);
        _init.Tell(new InitHeader(InitMessageKind.Exited, 1));

        _init.Core.OnReadable(_told);

        _told.Lines.Should().Equal("started 1 0 None v0", "exited 1 0 0 0");
        OpenDescriptors().Should().Be(before);
    }

    [Fact]
    public void A_closed_link_says_so()
    {
        using var init = new FakeInit();
        (OwnedFd ours, OwnedFd theirs) = FakeInit.Pair();
        using var link = new InitLink(ours, Duplicate(init.Call), null);
        theirs.Dispose();

        link.OnReadable(_told).Should().Be(Errno.EPIPE);
        link.Reap(1).Should().Be(Errno.EPIPE);
    }

    [Fact]
    public void Requests_carry_what_they_should()
    {
        InitLink core = _init.Core;
        core.StoreFd("a:1"u8, _init.Call).Failed.Should().BeFalse();
        core.DropFd("a:1"u8);
        core.Reap(77);
        core.Ready();
        core.SendLog("MESSAGE=x\n"u8);

        (InitHeader h, string name, int fd) = _init.Take();
        (h.Kind, name, fd >= 0).Should().Be((InitMessageKind.StoreFd, "a:1", true));
        _ = LibC.close(fd);
        (h, name, _) = _init.Take();
        (h.Kind, name).Should().Be((InitMessageKind.DropFd, "a:1"));
        (h, _, _) = _init.Take();
        (h.Kind, h.A).Should().Be((InitMessageKind.Reap, 77));
        _init.Take().Header.Kind.Should().Be(InitMessageKind.Ready);
        _init.Take().Payload.Should().Be("MESSAGE=x\n");
    }

    [Fact]
    public void A_name_that_init_would_refuse_is_not_sent()
    {
        _init.Core.StoreFd(default, _init.Call).Should().Be(Errno.EINVAL);
        _init.Core.StoreFd(new byte[InitProtocol.MaxName + 1], _init.Call).Should().Be(Errno.EINVAL);
        _init.Core.StoreFd("a\0b"u8, _init.Call).Should().Be(Errno.EINVAL);
        _init.Core.DropFd(default).Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void A_call_takes_its_own_answer_and_not_a_late_one()
    {
        int before = OpenDescriptors();
        _init.WillAnswer(serial: 77, 0, _init.Link);
        _init.WillAnswer(serial: 1, 0, _init.Link);
        _init.WillAnswer(serial: 2, 111);

        Result<OwnedFd> listen = _init.Core.Listen((ByteText)"/run/x", LibC.SOCK_STREAM, 0x1B6, 16);
        Result<OwnedFd> connect = _init.Core.Connect((ByteText)"/run/x");

        listen.Failed.Should().BeFalse();
        listen.Value.Dispose();
        connect.Error.Should().Be(Errno.ECONNREFUSED);
        OpenDescriptors().Should().Be(before);
    }

    [Fact]
    public unsafe void What_exec_sends_is_what_init_reads()
    {
        _init.WillAnswer(serial: 1, Errno.ENOENT.Value);
        ByteText[] argv = [(ByteText)"shutdown", (ByteText)"poweroff", ByteText.Empty];
        ByteText[] environment = [(ByteText)"A=b"];

        _init.Core.Exec((ByteText)"/bin/x", argv, environment, ExecFlags.KeepSignalMask).Should().Be(Errno.ENOENT);

        byte[] payload = new byte[InitProtocol.MaxPayload + 1];
        PacketSocket.Receive(_init.Call, out InitHeader h, payload, out int length, out _).Should().Be(Errno.None);
        byte** pointers = stackalloc byte*[ExecWords.MaxPointers];
        var words = new List<string?>();
        fixed (byte* p = payload)
        {
            ExecWords.Read(p, length, h.A, h.B, pointers).Should().BeTrue();
            ExecWords.Read(p, length, h.A + 1, h.B, pointers + 8).Should().BeFalse("there are not that many words");
            ExecWords.Read(p, length, 0, 1, pointers + 8).Should().BeFalse();
            for (int i = 0; i < 7; i++) { words.Add(pointers[i] == null ? null : System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)pointers[i])); }
        }
        words.Should().Equal("/bin/x", "shutdown", "poweroff", "", null, "A=b", null);
    }

    [Fact]
    public void Too_many_words_are_refused_before_they_are_sent()
    {
        var words = new ByteText[InitProtocol.MaxExecWords + 1];

        _init.Core.Exec((ByteText)"/x", words, [], ExecFlags.None).Should().Be(Errno.E2BIG);
        _init.Core.Exec((ByteText)"/x", [], [], ExecFlags.None).Should().Be(Errno.E2BIG);
        _init.Core.Exec((ByteText)"/x", [new ByteText(new string((char)120, 70_000))], [], ExecFlags.None).Should().Be(Errno.E2BIG);
    }

    [Fact]
    public void A_process_that_init_did_not_start_has_no_link() => InitLink.OfThisProcessOrNull().Should().BeNull();

    [Fact]
    public void Being_told_of_an_exit_and_reaping_it_allocates_nothing()
    {
        var silent = new Silent();
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                PacketSocket.Send(_init.Link, new InitHeader(InitMessageKind.Exited, i), default);
                _init.Core.OnReadable(silent);
                _init.Core.Reap(i);
                byte[] room = Silent.Room;
                PacketSocket.Receive(_init.Link, out _, room, out _, out _);
            }
            if (round == 1) { (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0); }
        }
    }

    private static OwnedFd Duplicate(Fd fd) => new(LibC.fcntl(fd.Value, LibC.F_DUPFD_CLOEXEC, 0));
}
