namespace SysMaster.Init;

/// <summary>
/// The control group tree as systemd lays it out: unified, hybrid (`systemd.unified_cgroup_hierarchy=0`) or legacy (with
/// `systemd.legacy_systemd_cgroup_controller=1` beside it); then PID 1 enters init.scope. What is mounted already is left alone.
/// </summary>
internal static unsafe class ControlGroups
{
    private const nuint Flags = LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_NOEXEC;
    private const int MaxPath = 4096;

    public static void Setup(bool container)
    {
        if (!Sys.IsMountPoint("/sys/fs/cgroup"u8))
        {
            ReadOnlySpan<byte> cmdline = Read("/proc/cmdline"u8);
            bool unified = container || IsOn(cmdline, "systemd.unified_cgroup_hierarchy"u8, true);
            if (unified) { MountUnified("/sys/fs/cgroup"u8); }
            else { MountSplit(IsOn(cmdline, "systemd.legacy_systemd_cgroup_controller"u8, false)); }
        }
        Join("/sys/fs/cgroup"u8, "0::"u8);
        Join("/sys/fs/cgroup/unified"u8, "0::"u8);
        Join("/sys/fs/cgroup/systemd"u8, ":name=systemd:"u8);
    }

    private static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> path)
    {
        Result<byte[]> file = Sys.ReadFile(path, 1 << 16);
        return file.Failed ? default : file.Value.AsSpan().TrimEnd((byte)'\n');
    }

    /// <summary>memory_recursiveprot is Linux 5.7, nsdelegate refused outside the initial namespace.</summary>
    private static void MountUnified(ReadOnlySpan<byte> target)
    {
        _ = EarlyBoot.TryMount("cgroup2"u8, target, "cgroup2"u8, Flags, "nsdelegate,memory_recursiveprot"u8)
            || EarlyBoot.TryMount("cgroup2"u8, target, "cgroup2"u8, Flags, "nsdelegate"u8)
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
        ReadOnlySpan<byte> table = Read("/proc/cgroups"u8);   // a comment, then name, hierarchy, groups, enabled
        foreach (Range row in table.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = table[row];
            if (!line.StartsWith("#"u8) && line.EndsWith("\t1"u8)) { MountController(line[..line.IndexOf((byte)'\t')]); }
        }
        fixed (byte* target = "/sys/fs/cgroup"u8, data = options)
        {
            _ = LibC.mount(null, target, null, LibC.MS_REMOUNT | LibC.MS_RDONLY | Flags, data);
        }
    }

    /// <summary>cpu and cpuacct share a hierarchy, net_cls and net_prio too, each with links for the single names.</summary>
    private static void MountController(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> cpu = "cpu,cpuacct"u8, net = "net_cls,net_prio"u8;
        bool isCpu = name.SequenceEqual("cpu"u8) || name.SequenceEqual("cpuacct"u8);
        ReadOnlySpan<byte> joined = isCpu ? cpu : name.StartsWith("net_"u8) ? net : name;
        Span<byte> target = stackalloc byte[MaxPath], options = stackalloc byte[64];
        if (joined.Length >= options.Length) { return; }
        int length = Concat(options, joined, default, default);
        int n = Concat(target, "/sys/fs/cgroup/"u8, joined, default);
        bool mounted = EarlyBoot.Mount("cgroup"u8, target[..n], "cgroup"u8, Flags, options[..length]);
        if (!mounted || joined.Length == name.Length) { return; }
        n = Concat(target, "/sys/fs/cgroup/"u8, name, default);
        fixed (byte* link = target, to = options) { _ = LibC.symlinkat(to, LibC.AT_FDCWD, link); }
    }

    /// <summary>Into init.scope below the group that we were started in, in the hierarchy mounted there.</summary>
    private static void Join(ReadOnlySpan<byte> mount, ReadOnlySpan<byte> key)
    {
        if (!Sys.IsMountPoint(mount)) { return; }
        ReadOnlySpan<byte> groups = Read("/proc/self/cgroup"u8);
        int at = groups.StartsWith(key) ? 0 : groups.IndexOf(key);
        if (key[0] == (byte)'0' && at > 0) { at = groups.IndexOf("\n0::"u8) + 1; }
        if (at < 0) { return; }
        ReadOnlySpan<byte> group = groups[(at + key.Length)..];
        if (group.Contains((byte)'\n')) { group = group[..group.IndexOf((byte)'\n')]; }
        if (group.EndsWith("/init.scope"u8) || group.Length > MaxPath - 128) { return; }
        Span<byte> path = stackalloc byte[MaxPath];
        int n = Concat(path, mount, group.TrimEnd((byte)'/'), "/init.scope"u8);
        EarlyBoot.MakeDirectory(path[..n]);
        "/cgroup.procs\0"u8.CopyTo(path[n..]);
        Errno e = Sys.WriteFile(new ByteText(path[..(n + "/cgroup.procs"u8.Length)]), "0"u8);
        if (e.Failed) { Log.Fail(Log.Info, "cannot enter "u8, path[..n], e); }
    }

    /// <summary>With a NUL behind it.</summary>
    private static int Concat(Span<byte> into, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c)
    {
        a.CopyTo(into);
        b.CopyTo(into[a.Length..]);
        c.CopyTo(into[(a.Length + b.Length)..]);
        into[a.Length + b.Length + c.Length] = 0;
        return a.Length + b.Length + c.Length;
    }

    /// <summary>The last mention of a switch on the kernel command line; the bare word is yes.</summary>
    private static bool IsOn(ReadOnlySpan<byte> cmdline, ReadOnlySpan<byte> key, bool otherwise)
    {
        foreach (Range range in cmdline.Split((byte)' '))
        {
            ReadOnlySpan<byte> word = cmdline[range];
            if (!word.StartsWith(key)) { continue; }
            ReadOnlySpan<byte> value = word[key.Length..];
            if (value.IsEmpty) { otherwise = true; }
            else if (value[0] == (byte)'=')
            {
                otherwise = value.Length > 1 && "1yto"u8.Contains(value[1]) && !value.SequenceEqual("=off"u8);
            }
        }
        return otherwise;
    }
}
