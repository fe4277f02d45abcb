using SysMaster.Cgroups;
using SysMaster.Core;
using SysMaster.Core.Boot;
using SysMaster.Core.Logging;
using SysMaster.Core.Status;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Program;

/// <summary>What this machine is and how it was booted; and the one-time set-up of a boot.</summary>
internal sealed class Facts : IScope
{
    /// <param name="args">The manager's own, in which PID 1 has handed on what it was given.</param>
    public Facts(string[] args)
    {
        OwnEnvironment = ReadEnvironment("/proc/1/environ"u8);
        System = new SystemFacts { ContainerEnvironment = Variable("container") };
        bool inContainer = System.Virtualization.IsContainer;
        Options = BootOptions.Parse(System.CommandLine, System.InInitrd);
        Limits = ResourceLimits.Raise(System);
        Words = WordsFor(args);
        InContainer = inContainer;
    }

    public ManagerOptions Manager { get; } = new();

    public SystemFacts System { get; }

    public BootOptions Options { get; }

    public bool InContainer { get; }

    /// <summary>Ours are raised by every core; what services get was read before.</summary>
    public ResourceLimits Limits { get; }

    public List<ByteText> OwnEnvironment { get; }

    public IEnumerable<ByteText> ServiceEnvironment => DefaultEnvironment.Build(Options).Items;

    public string? Unit => Options.Unit ?? (System.InInitrd ? "initrd.target" : null);

    /// <summary>What PID 1 was given on its command line, for an init after it; the manager's own switches left out.</summary>
    public List<ByteText> Words { get; }

    public SearchPaths SearchPaths() => UnitFiles.Lookup.SearchPaths.Create(SearchScope.System);

    public StatusBoard StatusBoard(Manager manager) => new(new StatusOutput(ManagerSwitches.StatusOptions(this, manager.Settings)), manager.Monotonic);

    public LogOptions LogOptions(IJournalRelay relay) => ManagerSwitches.LogOptions(this, null, relay);

    /// <summary>The steps of a boot that are done once, in their order.</summary>
    public void Prepare(Manager manager)
    {
        manager.Startup[StartupClock.Userspace] = DualTimestamp.Now();
        if (System.InInitrd) { manager.Startup[StartupClock.InitRD] = manager.Startup[StartupClock.Userspace]; }
        if (!InContainer)
        {
            ClockSetup.ApplyTimezone(ClockSetup.IsLocal());
            ClockSetup.ApplyEpoch(Options.ClockUsec);
        }
        KernelSettings.Apply(Options, InContainer);
        Result<string> host = HostnameSetup.Apply(Options.Hostname, System.OsRelease);
        if (host.Failed) { Log.Warning($"Failed to set the host name: {host.Error.ToString()}"); }
        bool first = FirstBoot.Detect(Options, System.InInitrd);
        _ = RunTree.Create(Variable("container") ?? System.Virtualization.Container);
        _ = FirstBoot.SetMarker(first);
        var id = new MachineIdSetup
        {
            Wanted = Options.MachineId, IsFirstBoot = first, Virtualization = System.Virtualization, ContainerUuid = Variable("container_uuid"),
        };
        Result<MachineIdState> ensured = id.Ensure();
        if (ensured.Failed) { Log.Error($"Failed to set up the machine id: {ensured.Error.ToString()}"); }
        _ = Selinux.Restore("/etc/machine-id"u8);
        Loopback.Up();
        SystemCredentials.Import(manager, this);
        IsFirstBoot = first;
    }

    public bool IsFirstBoot { get; private set; }

    /// <summary>With a container manager that listens.</summary>
    private OuterNews? _news;

    public void OnBoot(Manager manager)
    {
        // The kernel of a container started long before, and for somebody else.
        if (!InContainer) { manager.Startup[StartupClock.Kernel] = new DualTimestamp(Events.Clock.Realtime() - Events.Clock.Monotonic(), Usec.Zero); }
        if (manager.Status.Output is { } console && console.SetMode(console.Mode) is { Failed: true } marker) { Log.Debug($"The marker of console status: {marker.ToString()}"); }
        manager.Status.Output?.Welcome(System.OsRelease.PrettyName, System.OsRelease.AnsiColor);
    }

    public void OnLoaded(Manager manager)
    {
        if (IsFirstBoot) { FirstBootPresets.Apply(manager); }
    }

    public void OnStanding(Manager manager)
    {
        if (Variable("NOTIFY_SOCKET") is not { } socket) { return; }
        var news = new OuterNews(manager, new ByteText(socket));
        news.Introduce(System);
        manager.Observers.Add(news);
        _news = news;
    }

    public void OnEnding(Manager manager) => _news?.Farewell();

    /// <summary>The tree that init found or made; in a container without one that can be written, processes are tracked by PID alone.</summary>
    public static UnitCgroups OpenCgroups(Manager manager)
    {
        Result<CgroupLayout> layout = CgroupLayout.Detect();
        if (layout.Failed || layout.Value.Mode == CgroupMode.None || !layout.Value.IsWritable)
        {
            Log.Warning($"No control group tree can be written here: processes are tracked by PID alone.");
            return new UnitCgroups(manager, null, "");
        }
        Result<ByteText> root = CgroupMembership.ManagerRoot(layout.Value);
        string top = root.Failed || root.Value == CgroupPath.Top ? "" : root.Value.ToString();
        var tree = new CgroupTree(layout.Value);
        if (tree.MakeMemoryHierarchical() is { Failed: true } error) { Log.Debug($"memory.use_hierarchy is as it was: {error.ToString()}"); }
        return new UnitCgroups(manager, tree, top);
    }

    public void StampSecurity(Manager manager, int which)
    {
        if (!InContainer) { manager.Startup[which + (System.InInitrd ? StartupClock.InInitrd : 0)] = DualTimestamp.Now(); }
    }

    private static List<ByteText> WordsFor(string[] args)
    {
        var words = new List<ByteText>();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] is "--system" or "--switched-root" or "--not-switched" || args[i].StartsWith("--deserialize=", StringComparison.Ordinal)) { continue; }
            if (args[i] == "--deserialize") { i++; }
            else { words.Add(new ByteText(args[i])); }
        }
        return words;
    }

    public string? Variable(string name)
    {
        foreach (ByteText variable in OwnEnvironment)
        {
            string text = variable.ToString();
            if (text.StartsWith(name + "=", StringComparison.Ordinal)) { return text[(name.Length + 1)..]; }
        }
        return null;
    }

    /// <param name="path">/proc/PID/environ: init's own for the system, whose words no core changes.</param>
    public static List<ByteText> ReadEnvironment(ReadOnlySpan<byte> path)
    {
        var list = new List<ByteText>();
        Result<byte[]> content = Sys.ReadFile(path, 256 * 1024);
        if (content.Failed) { return list; }
        ReadOnlySpan<byte> block = content.Value;
        foreach (Range range in block.Split((byte)0))
        {
            ReadOnlySpan<byte> word = block[range];
            if (!word.IsEmpty) { list.Add(word); }
        }
        return list;
    }
}
