using SysMaster.Linux;

namespace SysMaster.Init;

/// <summary>
/// What has to be there before anything else can run: the API file systems, standard input and output, PID 1's own attributes.
/// Nothing here is fatal: what cannot be had (a container without rights, a kernel without the file system) is logged and lived without.
/// </summary>
internal static unsafe class EarlyBoot
{
    private const nuint NoSuidDevExec = LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_NOEXEC;
    private const nuint NoSuidDev = LibC.MS_NOSUID | LibC.MS_NODEV;
    private const int STATX_ATTR_MOUNT_ROOT = 0x2000;
    private const int PR_SET_NAME = 15;
    private const int KDSIGACCEPT = 0x4B4E;
    private const int SIGWINCH = 28;

    /// <summary>/proc alone, which init needs to read its own argv and environment.</summary>
    public static void MountProc() => Mount("proc"u8, "/proc"u8, "proc"u8, NoSuidDevExec, ""u8);

    public static void SetName()
    {
        fixed (byte* name = "systemd"u8) { _ = LibC.prctl(PR_SET_NAME, (nint)name, 0, 0, 0); }   // what Ansible and others look for
    }

    public static void Setup(bool container)
    {
        _ = LibC.setsid();
        _ = LibC.syscall(Numbers.SYS_umask, 0);
        fixed (byte* root = "/"u8) { _ = LibC.chdir(root); }
        Mount("sysfs"u8, "/sys"u8, "sysfs"u8, NoSuidDevExec, ""u8);
        Mount("devtmpfs"u8, "/dev"u8, "devtmpfs"u8, LibC.MS_NOSUID | LibC.MS_STRICTATIME, "mode=755,size=4m,nr_inodes=1m"u8);
        Mount("tmpfs"u8, "/dev/shm"u8, "tmpfs"u8, NoSuidDev | LibC.MS_STRICTATIME, "mode=1777"u8);
        Mount("devpts"u8, "/dev/pts"u8, "devpts"u8, LibC.MS_NOSUID | LibC.MS_NOEXEC, "mode=620,gid=5"u8);
        Mount("tmpfs"u8, "/run"u8, "tmpfs"u8, NoSuidDev | LibC.MS_STRICTATIME, "mode=755,size=20%,nr_inodes=800k"u8);
        if (!container)
        {
            Mount("securityfs"u8, "/sys/kernel/security"u8, "securityfs"u8, NoSuidDevExec, ""u8, optional: true);
            Mount("pstore"u8, "/sys/fs/pstore"u8, "pstore"u8, NoSuidDevExec, ""u8, optional: true);
            Mount("efivarfs"u8, "/sys/firmware/efi/efivars"u8, "efivarfs"u8, NoSuidDevExec, ""u8, optional: true);
            Mount("bpf"u8, "/sys/fs/bpf"u8, "bpf"u8, NoSuidDevExec, "mode=700"u8, optional: true);
        }
        StandardStreams();
        ShareRoot();
        ControlGroups.Setup(container);
        MakeDirectory("/run/systemd"u8);
        MakeDirectory("/run/systemd/system"u8);   // sd_booted(3)
        RaiseFileLimit();
        if (!container) { CtrlAltDelete(); }
    }

    /// <returns>Whether a file system is mounted there now.</returns>
    public static bool Mount(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target, ReadOnlySpan<byte> type, nuint flags,
        ReadOnlySpan<byte> options, bool optional = false)
    {
        if (IsMountPoint(target)) { return true; }
        if (!optional) { MakeDirectory(target); }
        fixed (byte* s = source, t = target, f = type, o = options)
        {
            if (LibC.mount(s, t, f, flags, o) == 0) { return true; }
        }
        if (!optional) { Log.Fail(Log.Warning, "cannot mount "u8, target, Errno.Last); }
        return false;
    }

    public static void MakeDirectory(ReadOnlySpan<byte> path)
    {
        fixed (byte* p = path) { _ = LibC.mkdirat(LibC.AT_FDCWD, p, 0x1ED); }   // 0755; one that exists is what we want
    }

    /// <summary>statx(2) tells the root of a mount since Linux 5.8.</summary>
    public static bool IsMountPoint(ReadOnlySpan<byte> path)
    {
        ulong* statx = stackalloc ulong[32];
        fixed (byte* p = path)
        {
            nint r = LibC.syscall(Numbers.SYS_statx, LibC.AT_FDCWD, (nint)p, LibC.AT_SYMLINK_NOFOLLOW, 0, (nint)statx);
            return r == 0 && (statx[1] & STATX_ATTR_MOUNT_ROOT) != 0;
        }
    }

    /// <summary>Nothing to read, and nowhere to write but for what a dying runtime prints, which goes where our log goes.</summary>
    private static void StandardStreams()
    {
        fixed (byte* nothing = "/dev/null"u8, log = Log.ToConsole ? "/dev/console"u8 : "/dev/kmsg"u8)
        {
            Replace(nothing, LibC.O_RDWR, 0);
            Replace(nothing, LibC.O_RDWR, 1);
            Replace(log, LibC.O_WRONLY, 2);
        }
    }

    private static void Replace(byte* path, int flags, int number)
    {
        int fd = LibC.openat(LibC.AT_FDCWD, path, flags | LibC.O_NOCTTY, 0);
        if (fd < 0 || fd == number) { return; }
        _ = LibC.dup3(fd, number, 0);
        _ = LibC.close(fd);
    }

    /// <summary>Mounts made later must reach the services' own namespaces, and the other way round.</summary>
    private static void ShareRoot()
    {
        fixed (byte* root = "/"u8)
        {
            if (LibC.mount(null, root, null, LibC.MS_REC | LibC.MS_SHARED, null) == 0) { return; }
            Log.Fail(Log.Info, "cannot share "u8, "/"u8, Errno.Last);
        }
    }

    /// <summary>Kept descriptors have high numbers; where the hard limit may not be raised, the soft one at least reaches it.</summary>
    private static void RaiseFileLimit()
    {
        const ulong wanted = 1 << 20;
        if (!LibC.SetLimit(LibC.RLIMIT_NOFILE, wanted, wanted).Failed) { return; }
        if (!LibC.GetLimit(LibC.RLIMIT_NOFILE, out _, out ulong hard).Failed) { _ = LibC.SetLimit(LibC.RLIMIT_NOFILE, hard, hard); }
    }

    /// <summary>Ctrl-Alt-Del becomes SIGINT, Alt-Up SIGWINCH, both to us.</summary>
    private static void CtrlAltDelete()
    {
        Errno e = LibC.Reboot(LibC.RB_DISABLE_CAD);
        if (e.Failed) { Log.Fail(Log.Info, "cannot take over "u8, "Ctrl-Alt-Del"u8, e); }
        fixed (byte* tty = "/dev/tty0"u8)
        {
            int fd = LibC.openat(LibC.AT_FDCWD, tty, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_CLOEXEC, 0);
            if (fd < 0) { return; }   // no virtual terminals
            _ = LibC.ioctl(fd, KDSIGACCEPT, SIGWINCH);
            _ = LibC.close(fd);
        }
    }
}
