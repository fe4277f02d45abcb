namespace SysMaster.Init;

/// <summary>
/// What has to be there before anything else can run: the API file systems, standard streams, PID 1's own attributes.
/// Nothing is fatal: what cannot be had (a container without rights, a kernel without it) is lived without.
/// </summary>
internal static unsafe class EarlyBoot
{
    private const nuint NoSuidDevExec = LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_NOEXEC;
    private const nuint NoSuidDevStrict = LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_STRICTATIME;
    private static readonly int SYS_umask = LibC.IsArm64 ? 166 : 95;

    /// <summary>/proc alone, which init needs to read its own argv and environment.</summary>
    public static void MountProc() => Mount("proc"u8, "/proc"u8, NoSuidDevExec, ""u8);

    public static void Setup(bool container)
    {
        _ = LibC.setsid();
        _ = LibC.syscall(SYS_umask, 0);
        fixed (byte* root = "/"u8) { _ = LibC.chdir(root); }
        Mount("sysfs"u8, "/sys"u8, NoSuidDevExec, ""u8);
        Mount("devtmpfs"u8, "/dev"u8, LibC.MS_NOSUID | LibC.MS_STRICTATIME, "mode=755,size=4m"u8);
        Mount("tmpfs"u8, "/dev/shm"u8, NoSuidDevStrict, "mode=1777"u8);
        Mount("devpts"u8, "/dev/pts"u8, LibC.MS_NOSUID | LibC.MS_NOEXEC, "mode=620,gid=5"u8);
        Mount("tmpfs"u8, "/run"u8, NoSuidDevStrict, "mode=755,size=20%,nr_inodes=800k"u8);
        if (!container)
        {
            CtrlAltDelete();
            TryMount("securityfs"u8, "/sys/kernel/security"u8, NoSuidDevExec, ""u8);
            TryMount("pstore"u8, "/sys/fs/pstore"u8, NoSuidDevExec, ""u8);
            TryMount("efivarfs"u8, "/sys/firmware/efi/efivars"u8, NoSuidDevExec, ""u8);
            TryMount("bpf"u8, "/sys/fs/bpf"u8, NoSuidDevExec, "mode=700"u8);
            // Mounts made later reach the services' own namespaces, and back; a container's are its maker's.
            _ = Sys.Mount(default, "/"u8, default, LibC.MS_REC | LibC.MS_SHARED, default);
        }
        StandardStreams();
        ControlGroups.Setup(container);
        _ = Sys.MakeDirectory("/run/systemd"u8);
        _ = Sys.MakeDirectory("/run/systemd/system"u8);   // sd_booted(3)
        RaiseFileLimit();
    }

    /// <summary>A user's: orphans of its services come to us, as those of the system's come to PID 1.</summary>
    public static void SetupUser()
    {
        _ = LibC.prctl(LibC.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
        ControlGroups.Setup(container: true);
        RaiseFileLimit();
    }

    /// <returns>Whether a file system is mounted there now.</returns>
    public static bool Mount(ReadOnlySpan<byte> type, ReadOnlySpan<byte> at, nuint flags, ReadOnlySpan<byte> data)
    {
        _ = Sys.MakeDirectory(at);
        if (TryMount(type, at, flags, data)) { return true; }
        Log.Fail(Log.Warning, "cannot mount "u8, at, Errno.Last);
        return false;
    }

    /// <summary>The same for what this kernel or machine may well lack: not a word about it.</summary>
    public static bool TryMount(ReadOnlySpan<byte> type, ReadOnlySpan<byte> at, nuint flags, ReadOnlySpan<byte> data) =>
        Sys.IsMountPoint(at) || !Sys.Mount(type, at, type, flags, data).Failed;

    /// <summary>Nothing to read; to write only what a dying runtime prints, which goes where our log goes.</summary>
    private static void StandardStreams()
    {
        fixed (byte* nothing = "/dev/null"u8, log = Log.ToConsole ? "/dev/console"u8 : "/dev/kmsg"u8)
        {
            for (int number = 0; number < 3; number++)
            {
                int fd = LibC.openat(LibC.AT_FDCWD, number < 2 ? nothing : log, LibC.O_RDWR | LibC.O_NOCTTY, 0);
                if (fd < 0 || fd == number) { continue; }
                _ = LibC.dup3(fd, number, 0);
                _ = LibC.close(fd);
            }
        }
    }

    /// <summary>Kept descriptors have high numbers; what is refused is at least used.</summary>
    private static void RaiseFileLimit()
    {
        const ulong wanted = 512 * 1024;   // the hard limit of services
        _ = LibC.GetLimit(LibC.RLIMIT_NOFILE, out _, out ulong hard);
        bool raised = hard < wanted && !LibC.SetLimit(LibC.RLIMIT_NOFILE, wanted, wanted).Failed;
        if (!raised) { _ = LibC.SetLimit(LibC.RLIMIT_NOFILE, Math.Min(hard, wanted), hard); }
    }

    /// <summary>Ctrl-Alt-Del becomes SIGINT; Alt-Up, where there are virtual terminals, SIGWINCH; both to us.</summary>
    private static void CtrlAltDelete()
    {
        const int KDSIGACCEPT = 0x4B4E, SIGWINCH = 28;
        _ = LibC.Reboot(LibC.RB_DISABLE_CAD);
        Result<OwnedFd> tty = Sys.Open((ByteText)"/dev/tty0", LibC.O_RDWR | LibC.O_NOCTTY);
        if (tty.Failed) { return; }
        _ = LibC.ioctl(tty.Value.Value, KDSIGACCEPT, SIGWINCH);
        tty.Value.Dispose();
    }
}
