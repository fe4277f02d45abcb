using SysMaster.Linux;

namespace SysMaster.Init;

/// <summary>
/// The control group tree as systemd lays it out: unified, hybrid (`systemd.unified_cgroup_hierarchy=0`) or legacy
/// (`systemd.legacy_systemd_cgroup_controller=1` beside it); then PID 1 moves into init.scope. What is mounted already is left alone.
/// </summary>
internal static unsafe class ControlGroups
{
    private const nuint Flags = LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_NOEXEC;
    private const int MaxPath = 4096;

    public static void Setup(bool container)
    {
        if (!EarlyBoot.IsMountPoint("/sys/fs/cgroup"u8))
        {
            Result<byte[]> file = Sys.ReadFile((ByteText)"/proc/cmdline", 1 << 16);
            ReadOnlySpan<byte> cmdline = file.Failed ? default : file.Value;
            bool unified = container || IsOn(cmdline, "systemd.unified_cgroup_hierarchy"u8, true);
            bool legacy = IsOn(cmdline, "systemd.legacy_systemd_cgroup_controller"u8, false);
            if (unified) { MountUnified("/sys/fs/cgroup"u8); }
            else { MountSplit(legacy); }
        }
        Join("/sys/fs/cgroup"u8, "0::"u8);
        Join("/sys/fs/cgroup/unified"u8, "0::"u8);
        Join("/sys/fs/cgroup/systemd"u8, ":name=systemd:"u8);
    }

    /// <summary>memory_recursiveprot is Linux 5.7, nsdelegate refused outside the initial namespace.</summary>
    private static void MountUnified(ReadOnlySpan<byte> target)
    {
        _ = EarlyBoot.Mount("cgroup2"u8, target, "cgroup2"u8, Flags, "nsdelegate,memory_recursiveprot"u8, optional: true)
            || EarlyBoot.Mount("cgroup2"u8, target, "cgroup2"u8, Flags, "nsdelegate"u8, optional: true)
            || EarlyBoot.Mount("cgroup2"u8, target, "cgroup2"u8, Flags, ""u8);
    }

    private static void MountSplit(bool legacy)
    {
        ReadOnlySpan<byte> options = "mode=755,size=4m,nr_inodes=1k"u8;
        if (!EarlyBoot.Mount("tmpfs"u8, "/sys/fs/cgroup"u8, "tmpfs"u8, Flags, options)) { return; }
        if (!legacy)
        {
            EarlyBoot.MakeDirectory("/sys/fs/cgroup/unified"u8);
            MountUnified("/sys/fs/cgroup/unified"u8);
        }
        _ = EarlyBoot.Mount("cgroup"u8, "/sys/fs/cgroup/systemd"u8, "cgroup"u8, Flags, "none,name=systemd,xattr"u8);
        Result<byte[]> file = Sys.ReadFile((ByteText)"/proc/cgroups", 1 << 16);
        ReadOnlySpan<byte> rest = file.Failed ? default : file.Value;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> line = TakeUntil(ref rest, (byte)'\n');
            if (line.StartsWith("#"u8) || !line.EndsWith("\t1"u8)) { continue; }
            MountController(TakeUntil(ref line, (byte)'\t'));
        }
        fixed (byte* target = "/sys/fs/cgroup"u8, data = options)
        {
            _ = LibC.mount(null, target, null, LibC.MS_REMOUNT | LibC.MS_RDONLY | Flags, data);
        }
    }

    /// <summary>cpu and cpuacct share a hierarchy, net_cls and net_prio too, each with links for the single names.</summary>
    private static void MountController(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> joined = name.SequenceEqual("cpu"u8) || name.SequenceEqual("cpuacct"u8) ? "cpu,cpuacct"u8
            : name.SequenceEqual("net_cls"u8) || name.SequenceEqual("net_prio"u8) ? "net_cls,net_prio"u8 : name;
        Span<byte> target = stackalloc byte[128];
        Span<byte> options = stackalloc byte[64];
        if (joined.Length >= options.Length) { return; }
        joined.CopyTo(options);
        options[joined.Length] = 0;
        int n = Concat(target, "/sys/fs/cgroup/"u8, joined, default);
        bool mounted = EarlyBoot.Mount("cgroup"u8, target[..n], "cgroup"u8, Flags, options[..joined.Length]);
        if (!mounted || joined.Length == name.Length) { return; }
        n = Concat(target, "/sys/fs/cgroup/"u8, name, default);
        fixed (byte* link = target, to = options) { _ = LibC.symlinkat(to, LibC.AT_FDCWD, link); }
    }

    /// <summary>Into init.scope below the group that we were started in, in the hierarchy mounted there.</summary>
    private static void Join(ReadOnlySpan<byte> mount, ReadOnlySpan<byte> key)
    {
        if (!EarlyBoot.IsMountPoint(mount)) { return; }
        Result<byte[]> file = Sys.ReadFile((ByteText)"/proc/self/cgroup", 1 << 16);
        ReadOnlySpan<byte> rest = file.Failed ? default : file.Value;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> line = TakeUntil(ref rest, (byte)'\n');
            int at = line.IndexOf(key);
            if (at < 0 || (key[0] == (byte)'0' && at != 0)) { continue; }
            ReadOnlySpan<byte> group = line[(at + key.Length)..];
            if (group.EndsWith("/init.scope"u8) || group.Length + mount.Length > MaxPath - 64) { return; }
            if (group.SequenceEqual("/"u8)) { group = default; }
            Enter(mount, group);
            return;
        }
    }

    private static void Enter(ReadOnlySpan<byte> mount, ReadOnlySpan<byte> group)
    {
        Span<byte> path = stackalloc byte[MaxPath];
        int n = Concat(path, mount, group, "/init.scope"u8);
        if (!EarlyBoot.IsMountPoint(mount)) { return; }
        EarlyBoot.MakeDirectory(path[..n]);
        "/cgroup.procs\0"u8.CopyTo(path[n..]);
        fixed (byte* p = path, self = "0"u8)
        {
            int fd = LibC.openat(LibC.AT_FDCWD, p, LibC.O_WRONLY | LibC.O_CLOEXEC | LibC.O_NOCTTY, 0);
            bool done = fd >= 0 && LibC.write(fd, self, 1) == 1;
            if (!done) { Log.Fail(Log.Info, "cannot enter "u8, path[..n], Errno.Last); }
            if (fd >= 0) { _ = LibC.close(fd); }
        }
    }

    private static int Concat(Span<byte> into, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c)
    {
        a.CopyTo(into);
        b.CopyTo(into[a.Length..]);
        c.CopyTo(into[(a.Length + b.Length)..]);
        into[a.Length + b.Length + c.Length] = 0;
        return a.Length + b.Length + c.Length;
    }

    private static ReadOnlySpan<byte> TakeUntil(ref ReadOnlySpan<byte> rest, byte end)
    {
        int at = rest.IndexOf(end);
        ReadOnlySpan<byte> taken = at < 0 ? rest : rest[..at];
        rest = at < 0 ? default : rest[(at + 1)..];
        return taken;
    }

    /// <summary>The last mention of a switch on the kernel command line; the bare word is yes.</summary>
    private static bool IsOn(ReadOnlySpan<byte> cmdline, ReadOnlySpan<byte> key, bool otherwise)
    {
        if (cmdline.EndsWith("\n"u8)) { cmdline = cmdline[..^1]; }
        while (!cmdline.IsEmpty)
        {
            ReadOnlySpan<byte> word = TakeUntil(ref cmdline, (byte)' ');
            if (!word.StartsWith(key)) { continue; }
            ReadOnlySpan<byte> value = word[key.Length..];
            if (value.IsEmpty) { otherwise = true; }
            else if (value[0] == (byte)'=')
            {
                value = value[1..];
                otherwise = value.SequenceEqual("1"u8) || value.SequenceEqual("yes"u8) || value.SequenceEqual("true"u8)
                    || value.SequenceEqual("on"u8) || value.SequenceEqual("y"u8) || value.SequenceEqual("t"u8);
            }
        }
        return otherwise;
    }
}
