using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>Waiting for one descriptor, outside the loop (start-up only).</summary>
public static unsafe partial class Sys
{
    [StructLayout(LayoutKind.Sequential)]
    private struct pollfd
    {
        public int fd;
        public short events;
        public short revents;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(pollfd* fds, nuint count, int timeoutMs);

    /// <summary>poll(2) for input.</summary>
    /// <returns>False when the time ran out.</returns>
    public static bool WaitReadable(Fd fd, int timeoutMs = -1)
    {
        var one = new pollfd { fd = fd.Value, events = 1 };
        int n;
        do { n = poll(&one, 1, timeoutMs); }
        while (n < 0 && Errno.Last == Errno.EINTR);
        return n > 0;
    }
}
