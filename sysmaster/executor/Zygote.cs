using System.Runtime.InteropServices;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// The waiting half: one request, one fork. It keeps nothing between requests and allocates nothing, so it can go on for ever inside the no-GC
/// region; all that a request needs is made by the child, in the child's copy. The child's parent is ours (CLONE_PARENT): PID 1.
/// End of file on the control socket, or a header that is not of this build, ends it: init starts a fresh one.
/// </summary>
internal static unsafe class Zygote
{
    private static readonly int s_messageSize = sizeof(SpawnHeader) + ExecProtocol.InlineLimit;
    private static byte* s_message;
    private static byte* s_control;

    public static int Run()
    {
        s_message = (byte*)NativeMemory.AlignedAlloc((nuint)s_messageSize, 4096);
        s_control = (byte*)NativeMemory.Alloc((nuint)SocketMessage.ControlSpace(ExecProtocol.FdsPerMessage));
        ResetSignals();
        WarmUp.Run();
        while (true)
        {
            int fds = Receive(out int length);
            if (length == 0) { return 0; }
            if (length < 0) { return 1; }
            Serve(length, fds);
            _ = LibC.syscall(LibC.SYS_close_range, ExecProtocol.ControlFd + 1, int.MaxValue, 0);
        }
    }

    /// <summary>What was ignored when we were started would stay ignored in every service; SIGPIPE is the runtime's doing and decided per request.</summary>
    private static void ResetSignals()
    {
        ulong* old = stackalloc ulong[4];
        for (int signal = 1; signal <= 64; signal++)
        {
            if (Native.rt_sigaction(signal, null, old) == 0 && old[0] == Native.SIG_IGN) { Native.SetDisposition(signal, Native.SIG_DFL); }
        }
        Native.SetDisposition(Child.SIGPIPE, Native.SIG_IGN);
    }

    /// <returns>The number of descriptors received, at <see cref="Descriptors"/>.</returns>
    private static int Receive(out int length)
    {
        var vector = new iovec { iov_base = s_message, iov_len = (nuint)s_messageSize };
        var message = new msghdr
        {
            msg_iov = &vector,
            msg_iovlen = 1,
            msg_control = s_control,
            msg_controllen = (nuint)SocketMessage.ControlSpace(ExecProtocol.FdsPerMessage),
        };
        nint n;
        do { n = LibC.recvmsg(ExecProtocol.ControlFd, &message, LibC.MSG_CMSG_CLOEXEC); }
        while (n < 0 && Errno.Last == Errno.EINTR);
        length = (int)n;
        if (n <= 0) { return 0; }
        if ((message.msg_flags & (LibC.MSG_TRUNC | LibC.MSG_CTRUNC)) != 0) { length = 1; }   // too short for a header: refused below
        var head = (cmsghdr*)s_control;
        bool rights = message.msg_controllen >= (nuint)sizeof(cmsghdr) && head->cmsg_level == LibC.SOL_SOCKET && head->cmsg_type == LibC.SCM_RIGHTS;
        return rights ? ((int)head->cmsg_len - sizeof(cmsghdr)) / sizeof(int) : 0;
    }

    private static int* Descriptors => (int*)(s_control + sizeof(cmsghdr));

    private static void Serve(int length, int fdCount)
    {
        var header = (SpawnHeader*)s_message;
        if (length < sizeof(SpawnHeader) || header->Version != ExecProtocol.Version)
        {
            Reply(0, 0, Errno.EPROTO.Value, false);
            return;
        }
        bool hasCgroup = (header->Flags & SpawnFlags.HasCgroup) != 0;
        bool inMemfd = (header->Flags & SpawnFlags.InMemfd) != 0;
        int own = 1 + (hasCgroup ? 1 : 0) + (inMemfd ? 1 : 0);
        bool lengthFits = inMemfd ? header->Length is > 0 and <= ExecProtocol.RequestLimit : header->Length == length - sizeof(SpawnHeader);
        if (!lengthFits || fdCount < own || header->FdCount < fdCount - own)
        {
            Reply(header->Ticket, 0, Errno.EBADMSG.Value, false);
            return;
        }

        var args = new clone_args { flags = LibC.CLONE_PARENT };
        bool byHand = false;
        int pid = -1;
        if (hasCgroup)
        {
            args.flags |= LibC.CLONE_INTO_CGROUP;
            args.cgroup = (ulong)Descriptors[1];
            pid = LibC.clone3(&args);
            byHand = pid < 0 && Errno.Last != Errno.EAGAIN && Errno.Last != Errno.ENOMEM;
            args.flags = LibC.CLONE_PARENT;
            args.cgroup = 0;
        }
        if (!hasCgroup || byHand) { pid = LibC.clone3(&args); }

        if (pid == 0)
        {
            int cgroup = byHand ? Descriptors[1] : -1;
            int memfd = inMemfd ? Descriptors[own - 1] : -1;
            Child.Run(
                new ReadOnlySpan<byte>(s_message + sizeof(SpawnHeader), length - sizeof(SpawnHeader)), memfd, header->Length,
                Descriptors[0], cgroup, new ReadOnlySpan<int>(Descriptors + own, fdCount - own), header->FdCount);
        }
        Reply(header->Ticket, pid, pid < 0 ? Errno.Last.Value : 0, byHand);
    }

    private static void Reply(uint ticket, int pid, int errno, bool byHand)
    {
        var reply = new SpawnReply { Ticket = ticket, Pid = pid, Errno = errno, CgroupByHand = byHand ? 1 : 0 };
        nint n;
        do { n = LibC.sendto(ExecProtocol.ControlFd, (byte*)&reply, (nuint)sizeof(SpawnReply), LibC.MSG_NOSIGNAL, null, 0); }
        while (n < 0 && Errno.Last == Errno.EINTR);
        // A core that is gone shows as end of file at the next receive.
    }
}
