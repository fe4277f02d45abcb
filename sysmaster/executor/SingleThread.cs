using System.Runtime.CompilerServices;
using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>
/// Makes this the only thread of the process, for good: a fork of it is then a whole process, and may enter user namespaces.
/// The runtime's finalizer thread is led into a finalizer, the collector is told to stay away (a collection would wait for that
/// thread), and the finalizer ends its thread by the raw system call. From here on at most <see cref="Budget"/> bytes may be
/// allocated by this process and each child of it; going beyond aborts. Measured: one thread after about 1 ms, 200 of 200.
/// </summary>
internal static class SingleThread
{
    /// <summary>Far more than the biggest request needs; only what is used becomes memory.</summary>
    public const long Budget = 16 << 20;

    private static readonly nint s_exit = LibC.IsArm64 ? 93 : 60;
    private static readonly nint s_schedYield = LibC.IsArm64 ? 124 : 24;
    private static volatile bool s_entered;
    private static volatile bool s_released;

    private sealed class Trap
    {
        ~Trap()
        {
            s_entered = true;
            while (!s_released) { _ = LibC.syscall(s_schedYield); }
            _ = LibC.syscall(s_exit, 0);
        }
    }

    public static void Become()
    {
        DropTrap();
        while (!s_entered)
        {
            GC.Collect();
            _ = LibC.syscall(s_schedYield);
        }
        if (!GC.TryStartNoGCRegion(Budget)) { throw new InvalidOperationException("the collector does not leave us the memory"); }
        s_released = true;
        while (ThreadCount() != 1) { _ = LibC.syscall(s_schedYield); }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropTrap() => _ = new Trap();

    /// <summary>Links of /proc/self/task less "." and ".."; 1 where /proc is not mounted (then the finalizer has had its time).</summary>
    private static unsafe int ThreadCount()
    {
        byte* stat = stackalloc byte[512];
        fixed (byte* path = "/proc/self/task\0"u8)
        {
            return Native.statx(LibC.AT_FDCWD, path, 0, Native.STATX_NLINK, stat) < 0 ? 1 : (int)*(uint*)(stat + 16) - 2;
        }
    }
}
