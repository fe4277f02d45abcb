using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// The settings of a unit as a list of entries: resolved, sorted so that parents come before children, one entry a path, and without
/// those that change nothing.
/// </summary>
internal sealed class MountPlan
{
    private readonly List<MountEntry> _entries = [];
    private readonly ByteText _root;

    private MountPlan(ByteText root) => _root = root;

    public List<MountEntry> Entries => _entries;

    /// <summary>Every entry is mounted nosuid.</summary>
    public bool IsWithoutSetId { get; private set; }

    /// <summary>Whether a mount namespace is needed at all.</summary>
    public static bool Needed(ExecRequest r) =>
        r.PrivateMounts || r.MountPropagation != 0 || r.PrivateTmp || r.PrivateDevices || r.ProtectSystem != ExecProtectSystem.No
        || r.ProtectHome != ExecProtectHome.No || r.ProtectKernelTunables || r.ProtectKernelModules || r.ProtectKernelLogs || r.ProtectControlGroups
        || r.ProtectProc != ExecProtectProc.Default || r.ProcSubsetPid || r.OwnIpc || !r.LogNamespace.IsEmpty || r.ExtensionDirectories.Length != 0
        || r.ReadWritePaths.Length + r.ReadOnlyPaths.Length + r.InaccessiblePaths.Length + r.ExecPaths.Length + r.NoExecPaths.Length != 0
        || r.Binds.Length + r.TemporaryFileSystems.Length != 0 || (!r.RootDirectory.IsEmpty && r.MountApiVfs);

    /// <summary>There is something to mount: for "+" only what is laid elsewhere, nothing is protected.</summary>
    public static bool HasMounts(Setup s)
    {
        ExecRequest r = s.Request;
        return s.Sandbox ? Needed(r) : r.Binds.Length + r.TemporaryFileSystems.Length != 0 || !r.LogNamespace.IsEmpty;
    }

    public static MountPlan Of(Setup s, ByteText tmp, ByteText varTmp)
    {
        ExecRequest r = s.Request;
        var plan = new MountPlan(r.RootDirectory);
        plan.Laid(r);
        plan.OwnDirectories(s);
        if (s.Sandbox) { plan.Protect(s, tmp, varTmp); }
        plan.Settle();
        // systemd.exec(5), NoNewPrivileges=: set-user-ID bits count for nothing. SELinux takes such a mount for a ban on domain transitions.
        plan.IsWithoutSetId = s.Sandbox && r.NoNewPrivileges && !s.UsesSelinux;
        if (plan.IsWithoutSetId) { plan._entries.ForEach(static e => e.NoSuid = true); }
        return plan;
    }

    private void Protect(Setup s, ByteText tmp, ByteText varTmp)
    {
        ExecRequest r = s.Request;
        Lists(r);
        Extensions(r);
        Credentials(s);
        AddTmp(r, tmp, varTmp);
        Kernel(s);
        Homes(r);
        System(r);
    }

    private void Lists(ExecRequest r)
    {
        AddAll(r.ReadWritePaths, MountMode.ReadWrite);
        AddAll(r.ReadOnlyPaths, MountMode.ReadOnly);
        AddAll(r.InaccessiblePaths, MountMode.Inaccessible);
        AddAll(r.ExecPaths, MountMode.Exec);
        AddAll(r.NoExecPaths, MountMode.NoExec);
    }

    /// <summary>What is seen in another place than on the host, or instead of it.</summary>
    private void Laid(ExecRequest r)
    {
        foreach (ExecBind bind in r.Binds)
        {
            _entries.Add(new MountEntry(bind.Target, MountMode.Bind)
            {
                Source = bind.Source, ReadOnly = bind.ReadOnly, IgnoreMissing = bind.IgnoreMissing, Recursive = bind.Recursive, Create = true,
            });
        }
        if (!r.LogNamespace.IsEmpty)
        {
            ByteText journal = Paths.Concat(new ByteText("/run/systemd/journal."u8), r.LogNamespace.Span);
            _entries.Add(new MountEntry(new ByteText("/run/systemd/journal"u8), MountMode.Bind) { Source = journal, ReadOnly = true });
        }
        foreach (ExecTmpfs tmpfs in r.TemporaryFileSystems)
        {
            bool readOnly = HasOption(tmpfs.Options.Span, "ro"u8);
            _entries.Add(new MountEntry(tmpfs.Path, MountMode.Tmpfs) { Source = WithDefaults(tmpfs.Options), ReadOnly = readOnly, Create = true });
        }
    }

    /// <summary>What the unit says comes later and wins.</summary>
    private static ByteText WithDefaults(ByteText options) =>
        Paths.Concat(new ByteText("mode=0755,size=10%,nr_inodes=400k"u8), options.IsEmpty ? default : [(byte)',', .. options.Span]);

    /// <summary>ExtensionDirectories=: the later over the earlier over what is there.</summary>
    private void Extensions(ExecRequest r)
    {
        if (r.ExtensionDirectories.Length == 0) { return; }
        for (int i = 0; i < 2; i++)
        {
            ReadOnlySpan<byte> hierarchy = i == 0 ? "/usr"u8 : "/opt"u8;
            ByteText layers = ExtensionRelease.Layers(r, hierarchy);
            if (layers.IsEmpty) { continue; }
            _entries.Add(new MountEntry(new ByteText(hierarchy), MountMode.Overlay) { Source = layers, ReadOnly = true, Create = true });
        }
    }

    /// <summary>
    /// StateDirectory= and the like: as they are on the host, whatever is done to what lies above them. Those of a DynamicUser= lie below "private", where
    /// nothing else is seen: others may have been the same number once.
    /// </summary>
    private void OwnDirectories(Setup s)
    {
        ExecRequest r = s.Request;
        for (int kind = 0; kind < s.Directories.Length; kind++)
        {
            bool isPrivate = Directories.ArePrivate(r, (ExecDirectoryKind)kind);
            ByteText top = isPrivate && s.Directories[kind].Length > 0 ? Paths.Join(r.DirectoryBases[kind], "private"u8) : default;
            if (!top.IsEmpty && s.Sandbox)
            {
                _entries.Add(new MountEntry(top, MountMode.Tmpfs) { Source = new ByteText("mode=0755,nr_inodes=1024"u8), ReadOnly = true, NoSuid = true, NoExec = true, Create = true });
            }
            foreach (ByteText path in s.Directories[kind])
            {
                ByteText source = isPrivate ? Paths.Join(top, path.Span[r.DirectoryBases[kind].Length..]) : path;
                _entries.Add(new MountEntry(_root.IsEmpty ? source : path, MountMode.Bind) { Source = source, NoSuid = r.DynamicUser, Create = true });
            }
        }
    }

    /// <summary>The credentials of others are none of its business; its own stay where they are.</summary>
    private void Credentials(Setup s)
    {
        ByteText top = new("/run/credentials"u8);
        if (!s.HasCredentials || s.Request.CredentialsDirectory.IsEmpty)
        {
            _entries.Add(new MountEntry(top, MountMode.Inaccessible) { IgnoreMissing = true });
            return;
        }
        _entries.Add(new MountEntry(top, MountMode.Tmpfs) { Source = new ByteText("mode=0755,nr_inodes=1024"u8), ReadOnly = true, NoSuid = true, NoExec = true, Create = true });
        _entries.Add(new MountEntry(s.Request.CredentialsDirectory, MountMode.Bind) { Source = s.Request.CredentialsDirectory, ReadOnly = true, Create = true });
    }

    private void AddTmp(ExecRequest r, ByteText tmp, ByteText varTmp)
    {
        if (!r.PrivateTmp) { return; }
        _entries.Add(new MountEntry(new ByteText("/tmp"u8), MountMode.PrivateTmp) { Source = tmp, Create = true });
        _entries.Add(new MountEntry(new ByteText("/var/tmp"u8), MountMode.PrivateTmp) { Source = varTmp, Create = true });
    }

    private void Kernel(Setup s)
    {
        ExecRequest r = s.Request;
        if (r.PrivateDevices) { _entries.Add(new MountEntry(new ByteText("/dev"u8), MountMode.PrivateDev) { ReadOnly = true, NoExec = true, NoSuid = true, Create = true, Known = _root.IsEmpty }); }
        if (r.ProtectProc != ExecProtectProc.Default || r.ProcSubsetPid)
        {
            _entries.Add(new MountEntry(new ByteText("/proc"u8), MountMode.Procfs) { Source = ProcOptions(r), Create = true });
        }
        else if (r.MountApiVfs || r.ProtectKernelTunables || r.ProtectControlGroups) { _entries.Add(new MountEntry(new ByteText("/proc"u8), MountMode.Procfs) { Create = true }); }
        if (r.MountApiVfs && !_root.IsEmpty) { Bind("/sys"u8); }
        if (r.MountApiVfs && !_root.IsEmpty)
        {
            if (!r.PrivateDevices) { Bind("/dev"u8); }
            _entries.Add(new MountEntry(new ByteText("/run"u8), MountMode.Tmpfs) { Source = new ByteText("mode=0755,size=20%"u8), Create = true, IgnoreMissing = true });
        }
        if (r.OwnIpc)
        {
            if (!r.PrivateDevices)
            {
                _entries.Add(new MountEntry(new ByteText("/dev/mqueue"u8), MountMode.Mqueue) { IgnoreMissing = true });
            }
        }
        if (r.ProtectKernelTunables)
        {
            Static(MountMode.ReadOnly, "/proc/sys"u8, "/proc/sysrq-trigger"u8, "/proc/latency_stats"u8, "/proc/mtrr"u8, "/proc/scsi"u8, "/proc/acpi"u8, "/proc/timer_stats"u8);
            Static(MountMode.ReadOnly, "/proc/fs"u8, "/proc/irq"u8, "/sys"u8, "/proc/asound"u8, "/proc/bus"u8, "/sys/fs/bpf"u8, default);
            Static(MountMode.ReadOnly, "/sys/kernel/debug"u8, "/sys/kernel/tracing"u8, default, default, default, default, default);
            // Whoever may write there has other ways to be kept out: ProtectControlGroups=, the policy itself.
            Static(MountMode.ReadWrite, "/sys/fs/cgroup"u8, "/sys/fs/selinux"u8, default, default, default, default, default);
            Static(MountMode.Inaccessible, "/proc/kallsyms"u8, "/proc/kcore"u8, default, default, default, default, default);
        }
        if (r.ProtectKernelModules) { Static(MountMode.Inaccessible, "/lib/modules"u8, "/usr/lib/modules"u8, default, default, default, default, default); }
        if (r.ProtectKernelLogs) { Static(MountMode.Inaccessible, "/proc/kmsg"u8, "/dev/kmsg"u8, default, default, default, default, default); }
        if (r.ProtectHostname) { Static(MountMode.ReadOnly, "/proc/sys/kernel/hostname"u8, "/proc/sys/kernel/domainname"u8, default, default, default, default, default); }
        if (r.ProtectControlGroups)
        {
            Static(MountMode.ReadOnly, "/sys/fs/cgroup"u8, default, default, default, default, default, default);
            if (s.WatchesPressure && r.MemoryPressureThreshold != 0) { One(MountMode.ReadWrite, r.MemoryPressurePath.Span); }
        }
    }

    private void Homes(ExecRequest r)
    {
        switch (r.ProtectHome)
        {
            case ExecProtectHome.Yes:
                Static(MountMode.Inaccessible, "/home"u8, "/run/user"u8, "/root"u8, default, default, default, default);
                break;
            case ExecProtectHome.ReadOnly:
                Static(MountMode.ReadOnly, "/home"u8, "/run/user"u8, "/root"u8, default, default, default, default);
                break;
            case ExecProtectHome.Tmpfs:
                Tmpfs("/home"u8, "mode=0755,nr_inodes=0"u8);
                Tmpfs("/run/user"u8, "mode=0755,nr_inodes=0"u8);
                Tmpfs("/root"u8, "mode=0700,nr_inodes=0"u8);
                break;
            default:
                break;
        }
    }

    private void System(ExecRequest r)
    {
        if (r.ProtectSystem == ExecProtectSystem.Strict)
        {
            Static(MountMode.ReadOnly, "/"u8, default, default, default, default, default, default);
            Static(MountMode.ReadWrite, "/proc"u8, "/sys"u8, "/dev"u8, "/home"u8, "/run/user"u8, "/root"u8, default);
        }
        else if (r.ProtectSystem != ExecProtectSystem.No)
        {
            Static(MountMode.ReadOnly, "/usr"u8, "/boot"u8, "/efi"u8, "/lib"u8, "/lib64"u8, "/bin"u8, "/sbin"u8);
            if (r.ProtectSystem == ExecProtectSystem.Full) { Static(MountMode.ReadOnly, "/etc"u8, default, default, default, default, default, default); }
        }
    }

    private void Bind(ReadOnlySpan<byte> path) =>
        _entries.Add(new MountEntry(new ByteText(path), MountMode.Bind) { Source = new ByteText(path), Create = true });

    private void Tmpfs(ReadOnlySpan<byte> path, ReadOnlySpan<byte> options) =>
        _entries.Add(new MountEntry(new ByteText(path), MountMode.Tmpfs) { Source = new ByteText(options), ReadOnly = true, IgnoreMissing = true, NoSuid = true });

    private void Static(MountMode mode, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, ReadOnlySpan<byte> e,
        ReadOnlySpan<byte> f, ReadOnlySpan<byte> g)
    {
        One(mode, a);
        One(mode, b);
        One(mode, c);
        One(mode, d);
        One(mode, e);
        One(mode, f);
        One(mode, g);
    }

    private void One(MountMode mode, ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty) { return; }
        bool known = path.Length == 1 || path.StartsWith("/proc"u8) || path.StartsWith("/sys"u8) || path.StartsWith("/dev"u8);
        _entries.Add(new MountEntry(new ByteText(path), mode) { IgnoreMissing = true, Known = known });
    }

    /// <summary>"-": missing is fine; "+": below the root directory (all are, once it is the root: without one they mean the same).</summary>
    private void AddAll(ByteText[] paths, MountMode mode)
    {
        foreach (ByteText given in paths)
        {
            ReadOnlySpan<byte> path = given.Span;
            bool ignore = path.StartsWith("-"u8);
            if (ignore) { path = path[1..]; }
            if (path.StartsWith("+"u8)) { path = path[1..]; }
            _entries.Add(new MountEntry(new ByteText(path), mode) { IgnoreMissing = ignore });
        }
    }

    private static ByteText ProcOptions(ExecRequest r)
    {
        ReadOnlySpan<byte> hide = r.ProtectProc switch
        {
            ExecProtectProc.NoAccess => "hidepid=noaccess"u8,
            ExecProtectProc.Invisible => "hidepid=invisible"u8,
            ExecProtectProc.Ptraceable => "hidepid=ptraceable"u8,
            _ => default,
        };
        return r.ProcSubsetPid ? Paths.Concat(new ByteText(hide), hide.IsEmpty ? "subset=pid"u8 : ",subset=pid"u8) : new ByteText(hide);
    }

    private static bool HasOption(ReadOnlySpan<byte> options, ReadOnlySpan<byte> option)
    {
        foreach (Range range in options.Split((byte)','))
        {
            if (options[range].SequenceEqual(option)) { return true; }
        }
        return false;
    }

    /// <summary>Links are followed now, with the host's view: afterwards paths lead elsewhere. Then sorted, doubled ones merged, idle ones dropped.</summary>
    private void Settle()
    {
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (!Resolve(_entries[i])) { _entries.RemoveAt(i); }
        }
        _entries.Sort(static (a, b) => Order(a, b));
        MergeSame();
        DropBelowInaccessible();
        DropIdle();
    }

    private bool Resolve(MountEntry entry)
    {
        if (entry.Known) { return true; }
        Result<ByteText> real = MountPath.Resolve(_root, entry.Path);
        if (!real.Failed)
        {
            entry.Path = real.Value;
            return true;
        }
        if (real.Error == Errno.ENOENT || real.Error == Errno.ENOTDIR)
        {
            if (entry.Create) { return true; }
            if (entry.IgnoreMissing) { return false; }
        }
        Report.Fail(ExecStatus.Namespace, real.Error, entry.Path);
        return false;
    }

    /// <summary>By path, "/" lowest of all bytes so that a directory's children follow it at once; then by kind.</summary>
    private static int Order(MountEntry a, MountEntry b)
    {
        ReadOnlySpan<byte> x = a.Path.Length == 1 ? default : a.Path.Span;
        ReadOnlySpan<byte> y = b.Path.Length == 1 ? default : b.Path.Span;
        int common = x.CommonPrefixLength(y);
        if (common == x.Length || common == y.Length) { return x.Length != y.Length ? x.Length - y.Length : (int)a.Mode - (int)b.Mode; }
        int cx = x[common] == (byte)'/' ? -1 : x[common];
        int cy = y[common] == (byte)'/' ? -1 : y[common];
        return cx - cy;
    }

    private void MergeSame()
    {
        for (int i = _entries.Count - 1; i > 0; i--)
        {
            MountEntry first = _entries[i - 1];
            MountEntry second = _entries[i];
            if (first.Path != second.Path) { continue; }
            first.ReadOnly |= second.ReadOnly || second.Mode == MountMode.ReadOnly;
            first.NoExec |= second.NoExec || second.Mode == MountMode.NoExec;
            first.Exec |= second.Exec || second.Mode == MountMode.Exec;
            _entries.RemoveAt(i);
        }
    }

    private void DropBelowInaccessible()
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Mode != MountMode.Inaccessible) { continue; }
            while (i + 1 < _entries.Count && MountPath.IsBelow(_entries[i + 1].Path, _entries[i].Path)) { _entries.RemoveAt(i + 1); }
        }
    }

    /// <summary>"Writable" below nothing read-only, "read-only" below read-only: the place is so already.</summary>
    private void DropIdle()
    {
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            MountEntry entry = _entries[i];
            if (entry.Mode is not (MountMode.ReadOnly or MountMode.ReadWrite) || entry.NoExec || entry.Exec) { continue; }
            MountEntry? parent = null;
            for (int k = i - 1; k >= 0 && parent is null; k--)
            {
                if (MountPath.IsBelow(entry.Path, _entries[k].Path)) { parent = _entries[k]; }
            }
            bool readOnly = parent is not null && (parent.Mode == MountMode.ReadOnly || parent.ReadOnly);
            bool covered = parent is not null && parent.Mode is not (MountMode.ReadOnly or MountMode.ReadWrite or MountMode.NoExec or MountMode.Exec);
            if (covered) { continue; }
            bool wantsReadOnly = entry.Mode == MountMode.ReadOnly || entry.ReadOnly;
            if (readOnly == wantsReadOnly) { _entries.RemoveAt(i); }
        }
    }
}
