using System.Buffers.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>
/// Ends what still runs: all are stopped first, so that none can fork or restart another while the list is read, then signalled, then set
/// going. Kernel threads are spared, root's processes whose argv[0] begins with `@` (file systems in user space that hold the root), and
/// those of units with SurviveFinalKillSignal=.
/// </summary>
internal static unsafe class Processes
{
    private const int SIGHUP = 1;
    private const int SIGKILL = 9;
    private const int SIGCONT = 18;
    private const int SIGSTOP = 19;
    private const int LongWaitUsec = 10_000_000;
    private const ulong ChildMask = 1UL << 16;

    /// <param name="timeoutUsec">0: nobody is waited for, and nobody reaped.</param>
    /// <returns>How many are left when the time is over.</returns>
    public static int Broadcast(int signal, long timeoutUsec)
    {
        var waited = new List<int>();
        _ = LibC.kill(-1, SIGSTOP);
        foreach (ByteText name in Folder.Names((ByteText)"/proc"))
        {
            if (!Utf8Parser.TryParse(name.Span, out int pid, out int used) || used != name.Length || pid <= 1) { continue; }
            if (IsSpared(name.Span)) { continue; }
            if (LibC.kill(pid, signal) != 0) { continue; }
            waited.Add(pid);
            // A login shell ends by SIGHUP only.
            if (signal != SIGKILL && HasTerminal(name.Span)) { _ = LibC.kill(pid, SIGHUP); }
        }
        _ = LibC.kill(-1, SIGCONT);
        return timeoutUsec == 0 ? waited.Count : Wait(waited, timeoutUsec);
    }

    private static int Wait(List<int> pids, long timeoutUsec)
    {
        long start = Clock.Now(), end = start + timeoutUsec;
        // SIGCHLD is blocked, as all signals are; whose parent has gone is our child, so one comes for each.
        int child = LibC.signalfd4(-1, ChildMask, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        using var fd = new OwnedFd(child);
        var poller = new Poller();
        poller.Add(child, 1, LibC.EPOLLIN);
        byte* info = stackalloc byte[128];
        bool told = false;
        while (true)
        {
            Reap();
            Watchdog.Ping();
            pids.RemoveAll(static pid => LibC.kill(pid, 0) != 0 && Errno.Last == Errno.ESRCH);
            long now = Clock.Now();
            if (pids.Count == 0 || now >= end) { return pids.Count; }
            if (!told && now - start > LongWaitUsec)
            {
                told = true;
                foreach (int pid in pids) { Log.Say(Log.Warning, "Waiting for process: "u8, pid); }
            }
            _ = poller.Wait((int)Math.Min((end - now) / 1000 + 1, 500));
            while (LibC.read(child, info, 128) > 0) { }
        }
    }

    private static void Reap()
    {
        siginfo_t info;
        do { info = default; }
        while (LibC.waitid(LibC.P_ALL, 0, &info, LibC.WEXITED | LibC.WNOHANG) == 0 && info.si_pid != 0);
    }

    private static bool IsSpared(ReadOnlySpan<byte> pid)
    {
        Result<byte[]> cmdline = Sys.ReadFile(Folder.Join("/proc/"u8, pid, "/cmdline"u8), 1 << 21);
        if (cmdline.Failed) { return true; }   // gone
        if (cmdline.Value.Length > 0 && cmdline.Value[0] == (byte)'@') { return true; }
        const long PF_KTHREAD = 0x200000;
        return (StatField(pid, 9) is { } flags && (flags & PF_KTHREAD) != 0) || MaySurvive(pid);
    }

    /// <summary>The manager marks the control groups of such units.</summary>
    private static bool MaySurvive(ReadOnlySpan<byte> pid)
    {
        Result<byte[]> file = Sys.ReadFile(Folder.Join("/proc/"u8, pid, "/cgroup"u8), 1 << 16);
        if (file.Failed) { return false; }
        ReadOnlySpan<byte> groups = file.Value;
        foreach (Range range in groups.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = groups[range];
            if (!line.StartsWith("0::"u8) && line.IndexOf(":name=systemd:"u8) < 0) { continue; }
            ReadOnlySpan<byte> group = line[(line.LastIndexOf((byte)':') + 1)..];
            foreach (string mount in (ReadOnlySpan<string>)["/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd"])
            {
                ByteText path = Folder.Join(new ByteText(mount).Span, group);
                if (!Sys.GetXattr(path, "user.survive_final_kill_signal"u8).Failed || !Sys.GetXattr(path, "trusted.survive_final_kill_signal"u8).Failed) { return true; }
            }
        }
        return false;
    }

    private static bool HasTerminal(ReadOnlySpan<byte> pid) => StatField(pid, 7) is { } tty && tty != 0;

    /// <summary>A field of /proc/PID/stat by its number in proc(5), counted after the name, which may hold anything.</summary>
    private static long? StatField(ReadOnlySpan<byte> pid, int number)
    {
        Result<byte[]> stat = Sys.ReadFile(Folder.Join("/proc/"u8, pid, "/stat"u8), 1 << 16);
        if (stat.Failed) { return null; }
        ReadOnlySpan<byte> text = stat.Value;
        text = text[(text.LastIndexOf((byte)')') + 1)..].TrimStart((byte)' ');
        int i = 3;   // state
        foreach (Range field in text.Split((byte)' '))
        {
            if (i++ != number) { continue; }
            return Utf8Parser.TryParse(text[field], out long value, out _) ? value : null;
        }
        return null;
    }
}
