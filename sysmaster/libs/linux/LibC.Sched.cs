namespace SysMaster.Linux;

/// <summary>Scheduling: sched_setscheduler(2), sched_setaffinity(2), setpriority(2), ioprio_set(2), set_mempolicy(2), personality(2).</summary>
public static unsafe partial class LibC
{
    public const int SCHED_RESET_ON_FORK = 0x40000000;
    public const int IOPRIO_WHO_PROCESS = 1;
    public const int PRIO_PROCESS = 0;

    /// <param name="pid">0 is the caller.</param>
    /// <param name="policy">SCHED_*, possibly with SCHED_RESET_ON_FORK.</param>
    /// <param name="priority">struct sched_param: one int.</param>
    public static int sched_setscheduler(int pid, int policy, int* priority) => (int)syscall(IsArm64 ? 119 : 144, pid, policy, (nint)priority);

    public static int sched_setaffinity(int pid, nuint size, byte* mask) => (int)syscall(IsArm64 ? 122 : 203, pid, (nint)size, (nint)mask);

    public static int setpriority(int which, int who, int nice) => (int)syscall(IsArm64 ? 140 : 141, which, who, nice);

    public static int ioprio_set(int which, int who, int priority) => (int)syscall(IsArm64 ? 30 : 251, which, who, priority);

    public static int set_mempolicy(int mode, byte* mask, nuint maxnode) => (int)syscall(IsArm64 ? 237 : 238, mode, (nint)mask, (nint)maxnode);

    public static int personality(nuint persona) => (int)syscall(IsArm64 ? 92 : 135, (nint)persona);
}
