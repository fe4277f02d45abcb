namespace SysMaster.Init;

/// <summary>
/// The control group tree as systemd lays it out: unified, hybrid (`systemd.unified_cgroup_hierarchy=0`) or legacy (and
/// `systemd.legacy_systemd_cgroup_controller=1`); then PID 1 enters init.scope. What is mounted already is left alone.
/// </summary>
internal static class ControlGroups
{
    private const nuint Flags = LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_NOEXEC;

    public static void Setup(bool container)
    {
        if (!Sys.IsMountPoint("/sys/fs/cgroup"u8))
        {
            ReadOnlySpan<byte> cmdline = Read("/proc/cmdline"u8);
            bool unified = container || IsOn(cmdline, "systemd.unified_cgroup_hierarchy"u8, true);
            if (unified) { MountUnified("/sys/fs/cgroup"u8); }
            else { MountSplit(IsOn(cmdline, "systemd.legacy_systemd_cgroup_controller"u8, false)); }
        }
        Enter("/sys/fs/cgroup"u8, "0::"u8);
        Enter("/sys/fs/cgroup/unified"u8, "0::"u8);
        Enter("/sys/fs/cgroup/systemd"u8, ":name=systemd:"u8);
    }

    private static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> path) =>
        Sys.ReadFile(path, 1 << 16) is { Failed: false } file ? file.Value.AsSpan().TrimEnd((byte)'\n') : default;

    /// <summary>memory_recursiveprot is Linux 5.7, nsdelegate refused outside the initial namespace.</summary>
    private static void MountUnified(ReadOnlySpan<byte> target)
    {
        _ = EarlyBoot.TryMount("cgroup2"u8, target, Flags, "nsdelegate,memory_recursiveprot"u8)
            || EarlyBoot.TryMount("cgroup2"u8, target, Flags, "nsdelegate"u8)
            || EarlyBoot.Mount("cgroup2"u8, target, Flags, ""u8);
    }

    private static void MountSplit(bool legacy)
    {
        ReadOnlySpan<byte> options = "mode=755,size=4m,nr_inodes=1k"u8;
        if (!EarlyBoot.Mount("tmpfs"u8, "/sys/fs/cgroup"u8, Flags, options)) { return; }
        if (!legacy)
        {
            _ = Sys.MakeDirectory("/sys/fs/cgroup/unified"u8);
            MountUnified("/sys/fs/cgroup/unified"u8);
        }
        _ = EarlyBoot.Mount("cgroup"u8, "/sys/fs/cgroup/systemd"u8, Flags, "none,name=systemd,xattr"u8);
        ReadOnlySpan<byte> table = Read("/proc/cgroups"u8);   // a comment, then name, hierarchy, groups, enabled
        foreach (Range row in table.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = table[row];
            if (line.StartsWith("#"u8) || !line.EndsWith("\t1"u8)) { continue; }
            MountController(line[..line.IndexOf((byte)'\t')]);
        }
        _ = Sys.Mount(default, "/sys/fs/cgroup"u8, default, LibC.MS_REMOUNT | LibC.MS_RDONLY | Flags, options);
    }

    /// <summary>cpu and cpuacct share a hierarchy, net_cls and net_prio too, with links for the single names.</summary>
    private static void MountController(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> cpu = "cpu,cpuacct"u8, net = "net_cls,net_prio"u8;
        bool isCpu = name.SequenceEqual("cpu"u8) || name.SequenceEqual("cpuacct"u8);
        ReadOnlySpan<byte> joined = isCpu ? cpu : name.StartsWith("net_"u8) ? net : name;
        ByteText target = Join("/sys/fs/cgroup/"u8, joined, default), options = joined;
        bool mounted = EarlyBoot.Mount("cgroup"u8, target.Span, Flags, options.Span);
        if (!mounted || joined.Length == name.Length) { return; }
        _ = Sys.Symlink(options, Join("/sys/fs/cgroup/"u8, name, default));
    }

    /// <summary>Into init.scope below the group that we were started in, in the hierarchy mounted there.</summary>
    private static void Enter(ReadOnlySpan<byte> mount, ReadOnlySpan<byte> key)
    {
        if (!Sys.IsMountPoint(mount)) { return; }
        ReadOnlySpan<byte> groups = Read("/proc/self/cgroup"u8);
        int at = groups.StartsWith(key) ? 0 : groups.IndexOf(key);
        if (key[0] == (byte)'0' && at > 0) { at = groups.IndexOf("\n0::"u8) + 1; }
        if (at < 0) { return; }
        ReadOnlySpan<byte> group = groups[(at + key.Length)..];
        if (group.Contains((byte)'\n')) { group = group[..group.IndexOf((byte)'\n')]; }
        if (group.EndsWith("/init.scope"u8)) { return; }
        group = group.TrimEnd((byte)'/');
        _ = Sys.Mkdir(Join(mount, group, "/init.scope"u8), 0x1ED);
        Errno e = Sys.WriteFile(Join(mount, group, "/init.scope/cgroup.procs"u8), "0"u8);
        if (e.Failed) { Log.Fail(Log.Info, "cannot enter init.scope in "u8, mount, e); }
    }

    private static ByteText Join(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c) =>
        new((ReadOnlySpan<byte>)[.. a, .. b, .. c]);

    /// <summary>The last mention of a switch on the kernel command line; the bare word is yes.</summary>
    private static bool IsOn(ReadOnlySpan<byte> cmdline, ReadOnlySpan<byte> key, bool otherwise)
    {
        foreach (Range range in cmdline.Split((byte)' '))
        {
            ReadOnlySpan<byte> word = cmdline[range];
            if (word.SequenceEqual(key)) { otherwise = true; }
            if (!word.StartsWith(key) || word.Length <= key.Length + 1 || word[key.Length] != (byte)'=') { continue; }
            ReadOnlySpan<byte> value = word[(key.Length + 1)..];
            otherwise = "1yto"u8.Contains(value[0]) && !value.SequenceEqual("off"u8);
        }
        return otherwise;
    }
}
