using SysMaster.Linux;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>
/// The change of `/`: the kernel's file systems are carried over, pivot_root(2) swaps the roots and the old one is detached. The initramfs
/// is the kernel's first mount, which no call can leave: there the new root is moved over it, and what it held in memory is deleted.
/// </summary>
internal static unsafe class NewRoot
{
    private const nuint Bind = LibC.MS_BIND | LibC.MS_REC;
    private const int MaxDepth = 64;
    private static readonly int SYS_fstatfs = LibC.IsArm64 ? 44 : 138;

    /// <param name="root">A directory with another system in it; it becomes a mount point if it is none.</param>
    /// <param name="keepMounts">They are bound, not moved: the new root may lie below one of them (/run/nextroot).</param>
    public static Errno Enter(ByteText root, bool keepMounts)
    {
        Result<OwnedFd> open = Sys.Open((ByteText)"/", LibC.O_RDONLY | LibC.O_DIRECTORY);
        using OwnedFd? old = open.Failed ? null : open.Value;
        bool initramfs = old is not null && IsInMemory(old.Fd) && Sys.Exists((ByteText)"/etc/initrd-release");
        _ = Sys.Mount(default, "/"u8, default, LibC.MS_REC | LibC.MS_PRIVATE, default);
        if (!Sys.IsMountPoint(root.CString))
        {
            Errno bound = Sys.Mount(root.CString, root.CString, default, Bind, default);
            if (bound.Failed) { return bound; }
        }
        Carry("/dev"u8, root, keepMounts ? Bind : LibC.MS_MOVE);
        Carry("/proc"u8, root, keepMounts ? Bind : LibC.MS_MOVE);
        Carry("/sys"u8, root, keepMounts ? Bind : LibC.MS_MOVE);
        Carry("/run"u8, root, keepMounts ? LibC.MS_BIND : LibC.MS_MOVE);
        if (keepMounts) { Carry("/run/credentials"u8, root, Bind); }
        fixed (byte* target = root.CString, here = "."u8, top = "/"u8)
        {
            if (LibC.chdir(target) != 0) { return Errno.Last; }
            if (!LibC.PivotRoot(here, here).Failed) { _ = LibC.umount2(here, LibC.MNT_DETACH); }
            else if (LibC.mount(here, top, null, LibC.MS_MOVE, null) != 0 || LibC.chroot(here) != 0) { return Errno.Last; }
            if (LibC.chdir(top) != 0) { return Errno.Last; }
        }
        if (initramfs) { Empty(old!, 0, Device(old!.Fd)); }
        return Errno.None;
    }

    private static void Carry(ReadOnlySpan<byte> from, ByteText root, nuint flags)
    {
        ByteText to = Folder.Join(root.Span.TrimEnd((byte)'/'), from);
        if (!Sys.IsMountPoint(from) || Sys.IsMountPoint(to.CString)) { return; }
        _ = Sys.MakeDirectory(to.CString);
        Errno e = Sys.Mount(from, to.CString, default, flags, default);
        if (e.Failed) { Log.Fail(Log.Warning, "Failed to carry over "u8, from, e); }
    }

    /// <summary>ramfs or tmpfs: what lies there costs memory for as long as it lies there.</summary>
    private static bool IsInMemory(Fd fd)
    {
        const long RAMFS_MAGIC = 0x858458f6, TMPFS_MAGIC = 0x01021994;
        long* statfs = stackalloc long[16];
        return LibC.syscall(SYS_fstatfs, fd.Value, (nint)statfs) == 0 && (uint)statfs[0] is (uint)RAMFS_MAGIC or (uint)TMPFS_MAGIC;
    }

    private static ulong Device(Fd fd)
    {
        Result<FileStat> stat = Sys.Stat(fd);
        return stat.Failed ? 0 : stat.Value.Device;
    }

    /// <summary>What is mounted in it is another device and stays.</summary>
    private static void Empty(OwnedFd directory, int depth, ulong device)
    {
        if (depth > MaxDepth) { return; }
        foreach (ByteText name in Folder.Names(directory.Fd))
        {
            fixed (byte* n = name.CString)
            {
                if (LibC.unlinkat(directory.Value, n, 0) == 0) { continue; }
                int child = LibC.openat(directory.Value, n, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, 0);
                if (child < 0) { continue; }
                using var fd = new OwnedFd(child);
                if (Device(fd.Fd) != device) { continue; }
                Empty(fd, depth + 1, device);
                _ = LibC.unlinkat(directory.Value, n, LibC.AT_REMOVEDIR);
            }
        }
    }
}
