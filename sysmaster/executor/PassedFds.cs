using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>Socket activation's descriptors: from 3 on, in order, surviving execve. sd_listen_fds(3).</summary>
internal static unsafe class PassedFds
{
    private const int First = 3;

    public static void Arrange(Setup s)
    {
        ExecRequest r = s.Request;
        int given = r.SocketFds + r.StoredFds;
        if (r.SocketFds < 0 || r.StoredFds < 0 || given > s.Descriptors.Length) { Report.Fail(ExecStatus.Fds, Errno.EBADF, "passing descriptors"u8); }
        int[] passed = [.. s.Descriptors.AsSpan(0, given), .. s.Opened];
        int count = passed.Length;
        if (count == 0) { return; }
        int end = First + count;
        if (Report.Socket < end) { Report.Use(Above(Report.Socket, end)); }
        for (int i = 0; i < count; i++)
        {
            int fd = passed[i];
            if (fd >= First && fd < end && fd != First + i) { passed[i] = Above(fd, end); }
        }
        for (int i = 0; i < count; i++)
        {
            int fd = passed[i];
            int target = First + i;
            int result = fd == target ? LibC.fcntl(fd, LibC.F_SETFD, 0) : LibC.dup3(fd, target, 0);
            if (result < 0) { Report.Fail(ExecStatus.Fds, Errno.Last, "passing descriptors"u8); }
            if (i < r.SocketFds) { SetNonBlocking(target, r.NonBlocking); }
        }
    }

    private static int Above(int fd, int floor)
    {
        int copy = LibC.fcntl(fd, LibC.F_DUPFD_CLOEXEC, floor);
        if (copy < 0) { Report.Fail(ExecStatus.Fds, Errno.Last, "passing descriptors"u8); }
        return copy;
    }

    private static void SetNonBlocking(int fd, bool on)
    {
        int flags = LibC.fcntl(fd, LibC.F_GETFL, 0);
        int wanted = on ? flags | LibC.O_NONBLOCK : flags & ~LibC.O_NONBLOCK;
        if (flags >= 0 && wanted != flags) { _ = LibC.fcntl(fd, LibC.F_SETFL, wanted); }
    }
}
