using System.Runtime.InteropServices;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Spawn.Tests.Exec;

/// <summary>The link against an executor played by the test: the control socket's other end.</summary>
public sealed unsafe class ExecutorLinkTests : IDisposable, IExecutorObserver
{
    private readonly ExecutorLink _link;
    private readonly OwnedFd _executor;
    private readonly List<string> _told = [];

    public ExecutorLinkTests()
    {
        int* pair = stackalloc int[2];
        LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, pair).Should().Be(0);
        _link = ExecutorLink.Open(new OwnedFd(pair[0]), this).Value;
        _executor = new OwnedFd(pair[1]);
    }

    public void Dispose()
    {
        _link.Dispose();
        _executor.Dispose();
    }

    void IExecutorObserver.OnStarted(uint ticket, int pid) => _told.Add($"started {pid}");

    void IExecutorObserver.OnExecuted(uint ticket) => _told.Add("executed");

    void IExecutorObserver.OnFailed(uint ticket, ExecFailure failure) => _told.Add($"failed {failure.Kind} {(int)failure.Status} {failure.Error.Value} {failure.Step}");

    void IExecutorObserver.OnExecutorLost(Errno error) => _told.Add("lost");

    private uint Spawn(params ReadOnlySpan<int> fds) => _link.Spawn(new ExecRequest { Path = (ByteText)"/bin/true" }, Fd.None, fds).Value;

    /// <returns>The spawn socket of the next request.</returns>
    private OwnedFd Receive(out SpawnHeader header, out ExecRequest? request)
    {
        byte* data = stackalloc byte[4096];
        byte* control = stackalloc byte[1100];
        var vector = new iovec { iov_base = data, iov_len = 4096 };
        var message = new msghdr { msg_iov = &vector, msg_iovlen = 1, msg_control = control, msg_controllen = 1100 };
        nint n = LibC.recvmsg(_executor.Value, &message, LibC.MSG_CMSG_CLOEXEC | LibC.MSG_DONTWAIT);
        n.Should().BeGreaterThan(sizeof(SpawnHeader));
        header = *(SpawnHeader*)data;
        request = ExecRequest.DecodeOrNull(new ReadOnlySpan<byte>(data + sizeof(SpawnHeader), header.Length));
        return new OwnedFd(*(int*)(control + sizeof(cmsghdr)));
    }

    private void Answer(uint ticket, int pid, int errno = 0)
    {
        var reply = new SpawnReply { Ticket = ticket, Pid = pid, Errno = errno };
        LibC.sendto(_executor.Value, (byte*)&reply, (nuint)sizeof(SpawnReply), 0, null, 0).Should().Be(sizeof(SpawnReply));
    }

    private static void Say(OwnedFd socket, int kind, int status = 0, int errno = 0, string text = "")
    {
        byte[] message = new byte[sizeof(ExecReport) + text.Length];
        var report = new ExecReport { Kind = kind, ExitStatus = status, Errno = errno, TextLength = text.Length };
        MemoryMarshal.Write(message, in report);
        System.Text.Encoding.ASCII.GetBytes(text).CopyTo(message, sizeof(ExecReport));
        Sys.Write(socket.Fd, message).Failed.Should().BeFalse();
    }

    [Fact]
    public void A_start_goes_from_spawn_to_executed()
    {
        uint ticket = Spawn();
        using OwnedFd child = Receive(out SpawnHeader header, out ExecRequest? request);
        header.Ticket.Should().Be(ticket);
        request!.Path.Should().Be((ByteText)"/bin/true");
        Answer(ticket, 42);
        _link.OnReadable();
        _told.Should().Equal("started 42");

        _link.Go(ticket).Failed.Should().BeFalse();
        byte go;
        LibC.recv(child.Value, &go, 1, LibC.MSG_DONTWAIT).Should().Be(1);
        go.Should().Be(ExecProtocol.Go);
        Say(child, ExecReport.Hot);
        child.Dispose();
        _link.OnReadable();

        _told.Should().Equal("started 42", "executed");
        _link.Pending.Should().Be(0);
    }

    [Fact]
    public void A_failed_step_names_itself()
    {
        uint ticket = Spawn();
        using OwnedFd child = Receive(out _, out _);
        Answer(ticket, 42);
        Say(child, ExecReport.Failed, 217, 3, "user nobodyhere");
        child.Dispose();

        _link.OnReadable();

        _told.Should().Equal("started 42", "failed Step 217 3 user nobodyhere");
    }

    [Fact]
    public void What_a_child_says_before_its_PID_is_known_waits_for_that()
    {
        uint ticket = Spawn();
        using OwnedFd child = Receive(out _, out _);
        Say(child, ExecReport.Failed, 203, 2, "/x");
        child.Dispose();
        _link.OnReadable();
        _told.Should().BeEmpty();

        Answer(ticket, 42);
        _link.OnReadable();
        _link.OnReadable();

        _told.Should().Equal("started 42", "failed Step 203 2 /x");
    }

    [Fact]
    public void A_report_is_heard_though_the_child_died_with_go_unread()
    {
        uint ticket = Spawn();
        using OwnedFd child = Receive(out _, out _);
        Answer(ticket, 42);
        _link.OnReadable();
        _link.Go(ticket).Failed.Should().BeFalse();
        Say(child, ExecReport.Failed, 200, 2, "/no/dir");
        child.Dispose();

        _link.OnReadable();

        _told.Should().Equal("started 42", "failed Step 200 2 /no/dir");
    }

    [Fact]
    public void A_child_that_dies_on_the_way_has_vanished()
    {
        uint ticket = Spawn();
        using OwnedFd child = Receive(out _, out _);
        Answer(ticket, 42);
        child.Dispose();

        _link.OnReadable();
        _link.OnReadable();

        _told.Should().Equal("started 42", "failed Vanished 0 0 ");
    }

    [Fact]
    public void A_refusal_is_told_with_its_error()
    {
        uint ticket = Spawn();
        using OwnedFd child = Receive(out _, out _);
        Answer(ticket, 0, 11);

        _link.OnReadable();

        _told.Should().Equal("failed Refused 0 11 FORK");
    }

    [Fact]
    public void An_executor_that_is_gone_is_told_once_and_fails_nothing()
    {
        _ = Spawn();
        _executor.Dispose();

        _link.OnReadable();
        _link.OnReadable();

        _told.Should().Equal("lost");
        _link.Spawn(new ExecRequest { Path = (ByteText)"/x" }, Fd.None, []).Error.Should().Be(Errno.EPIPE);
    }

    [Fact]
    public void An_executor_of_another_build_is_lost()
    {
        _ = Spawn();
        Answer(0, 0, 71);

        _link.OnReadable();

        _told.Should().EndWith("lost");
    }

    [Fact]
    public void Answers_to_unknown_tickets_are_passed_over()
    {
        Answer(12345, 42);

        _link.OnReadable();

        _told.Should().BeEmpty();
    }

    [Fact]
    public void What_the_socket_does_not_take_is_sent_later()
    {
        var request = new ExecRequest { Path = (ByteText)"/bin/true", Argv = [(ByteText)new string('x', 60_000)] };
        for (int i = 0; i < 200; i++) { _link.Spawn(request, Fd.None, []).Failed.Should().BeFalse(); }

        int received = 0;
        byte[] data = new byte[70_000];
        for (int turn = 0; turn < 1000 && received < 200; turn++)
        {
            fixed (byte* p = data)
            {
                while (LibC.recv(_executor.Value, p, (nuint)data.Length, LibC.MSG_DONTWAIT) > 0) { received++; }
            }
            _link.OnReadable();
        }

        received.Should().Be(200);
    }

    [Fact]
    public void A_cancelled_start_is_silent()
    {
        uint ticket = Spawn();
        using OwnedFd child = Receive(out _, out _);
        Answer(ticket, 42);
        _link.OnReadable();
        _link.Cancel(ticket);
        byte go;
        LibC.recv(child.Value, &go, 1, LibC.MSG_DONTWAIT).Should().Be(0, "the child sees the end of file");
        _link.Go(ticket).Should().Be(Errno.ESRCH);

        _link.OnReadable();

        _told.Should().Equal("started 42");
    }
}
