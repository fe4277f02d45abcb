using System.Buffers.Text;

namespace SysMaster.Linux;

/// <summary>What the kernel says of another process. Nothing is allocated.</summary>
public static unsafe class ProcessFacts
{
    /// <summary>
    /// What its first thread does: R runs or could, S sleeps, D sleeps where the kernel lets no signal in, T and t are stopped, Z is a zombie. proc(5).
    /// </summary>
    /// <returns>0 if there is no such process.</returns>
    public static byte State(int pid)
    {
        byte* path = stackalloc byte[32];
        var text = new Span<byte>(path, 32);
        text.Clear();
        "/proc/"u8.CopyTo(text);
        if (!Utf8Formatter.TryFormat(pid, text[6..], out int digits)) { return 0; }
        "/stat"u8.CopyTo(text[(6 + digits)..]);
        int fd = LibC.openat(LibC.AT_FDCWD, path, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0) { return 0; }
        byte* line = stackalloc byte[StateEndsBefore];
        nint n = LibC.read(fd, line, StateEndsBefore);
        _ = LibC.close(fd);
        var read = new ReadOnlySpan<byte>(line, (int)Math.Max(n, 0));
        int at = read.LastIndexOf((byte)')') + 2;   // a name may have brackets of its own
        return at >= 2 && at < read.Length ? read[at] : (byte)0;
    }

    /// <summary>Microseconds of CPU time that all its threads have had. clock_getcpuclockid(3): the clock's number is made of the PID's.</summary>
    /// <returns>0 if there is no such process.</returns>
    public static long CpuUsec(int pid)
    {
        const int scheduler = 2;
        timespec spent = default;
        return LibC.clock_gettime(~pid << 3 | scheduler, &spent) == 0 ? spent.tv_sec * 1_000_000 + spent.tv_nsec / 1000 : 0;
    }

    /// <summary>PID, name in brackets, state: all fields before it have bounds. What follows has no bracket.</summary>
    private const int StateEndsBefore = 128;
}
