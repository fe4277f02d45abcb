using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>struct rlimit64; ulong.MaxValue is RLIM_INFINITY.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct rlimit64
{
    public ulong rlim_cur;
    public ulong rlim_max;
}

/// <summary>Resource limits: prlimit64(2). The numbers are the same on x86-64 and arm64.</summary>
public static unsafe partial class LibC
{
    public const int RLIMIT_CPU = 0;
    public const int RLIMIT_FSIZE = 1;
    public const int RLIMIT_DATA = 2;
    public const int RLIMIT_STACK = 3;
    public const int RLIMIT_CORE = 4;
    public const int RLIMIT_RSS = 5;
    public const int RLIMIT_NPROC = 6;
    public const int RLIMIT_MEMLOCK = 8;
    public const int RLIMIT_AS = 9;
    public const int RLIMIT_LOCKS = 10;
    public const int RLIMIT_SIGPENDING = 11;
    public const int RLIMIT_MSGQUEUE = 12;
    public const int RLIMIT_NICE = 13;
    public const int RLIMIT_RTPRIO = 14;
    public const int RLIMIT_RTTIME = 15;

    public static int prlimit64(int pid, int resource, rlimit64* set, rlimit64* old) =>
        (int)syscall(IsArm64 ? 261 : 302, pid, resource, (nint)set, (nint)old);
}
