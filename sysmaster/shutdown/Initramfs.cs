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

    /// <summary>Returns only when there is none, or it cannot be done.</summary>
    public static void Enter(Words argv, Words environment)
    {
        fixed (byte* program = "/run/initramfs/shutdown"u8, inside = "/shutdown"u8, root = "/run/initramfs"u8, here = "."u8, old = "oldroot"u8, top = "/"u8)
        {
            if (LibC.faccessat(LibC.AT_FDCWD, program, X_OK, 0) != 0) { return; }
            Log.Say(Log.Info, "Returning to initrd..."u8);
            // /run may be noexec and shared: a bind mount of its own is neither.
            Bind(root, root);
            _ = LibC.mount(null, root, null, LibC.MS_REMOUNT | LibC.MS_BIND | LibC.MS_NOSUID | LibC.MS_NODEV, null);
            _ = LibC.mount(null, top, null, LibC.MS_PRIVATE | LibC.MS_REC, null);
            if (LibC.chdir(root) != 0) { return; }
            _ = LibC.mkdirat(LibC.AT_FDCWD, old, 0x1ED);
            foreach (string name in (ReadOnlySpan<string>)["dev", "proc", "sys", "run"])
            {
                ByteText target = (ByteText)name;
                ByteText source = (ByteText)("/" + name);
                fixed (byte* t = target.CString, s = source.CString)
                {
                    _ = LibC.mkdirat(LibC.AT_FDCWD, t, 0x1ED);
                    Bind(s, t);
                }
            }
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

    private static void Bind(byte* source, byte* target) => _ = LibC.mount(source, target, null, LibC.MS_BIND | LibC.MS_REC, null);
}
