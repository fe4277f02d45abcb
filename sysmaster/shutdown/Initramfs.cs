using SysMaster.Linux;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>
/// Back into the initramfs that dracut has unpacked to /run/initramfs, so that the root itself can be unmounted: it becomes `/`, the old
/// root lies under /oldroot, and its /shutdown is PID 1.
/// </summary>
internal static unsafe class Initramfs
{
    private const int X_OK = 1;
    private const nuint Bind = LibC.MS_BIND | LibC.MS_REC;

    /// <summary>Returns only when there is none, or it cannot be done.</summary>
    public static void Enter(Words argv, Words environment)
    {
        fixed (byte* program = "/run/initramfs/shutdown"u8, inside = "/shutdown"u8, root = "/run/initramfs"u8, here = "."u8, old = "oldroot"u8, top = "/"u8)
        {
            if (LibC.faccessat(LibC.AT_FDCWD, program, X_OK, 0) != 0) { return; }
            Log.Say(Log.Info, "Returning to initrd..."u8);
            // /run may be noexec and shared: a bind mount of its own is neither.
            ReadOnlySpan<byte> path = "/run/initramfs"u8;
            _ = Sys.Mount(path, path, default, Bind, default);
            _ = Sys.Mount(default, path, default, LibC.MS_REMOUNT | LibC.MS_BIND | LibC.MS_NOSUID | LibC.MS_NODEV, default);
            _ = Sys.Mount(default, "/"u8, default, LibC.MS_PRIVATE | LibC.MS_REC, default);
            if (LibC.chdir(root) != 0) { return; }
            _ = Sys.MakeDirectory("oldroot"u8);
            Carry("/dev"u8, "dev"u8);
            Carry("/proc"u8, "proc"u8);
            Carry("/sys"u8, "sys"u8);
            Carry("/run"u8, "run"u8);
            Errno e = LibC.PivotRoot(here, old);
            if (e.Failed || LibC.chroot(here) != 0 || LibC.chdir(top) != 0)
            {
                Log.Fail(Log.Warning, "Failed to switch to "u8, "/run/initramfs"u8, e);
                return;
            }
            Signals.Reset();
            _ = LibC.execve(inside, argv.Vector, environment.Vector);
            Log.Fail(Log.Error, "Failed to execute "u8, "/shutdown"u8, Errno.Last);
            Signals.Block();
        }
    }

    private static void Carry(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        _ = Sys.MakeDirectory(to);
        _ = Sys.Mount(from, to, default, Bind, default);
    }
}
