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
    public Facts()
    {
        OwnEnvironment = ReadEnvironment("/proc/1/environ"u8);
        System = new SystemFacts { ContainerEnvironment = Variable("container") };
        bool inContainer = System.Virtualization.IsContainer;
        Options = BootOptions.Parse(System.CommandLine, System.InInitrd);
        Limits = ResourceLimits.Raise(System);
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

    public string? Unit => Options.Unit;

    public SearchPaths SearchPaths() => UnitFiles.Lookup.SearchPaths.Create(SearchScope.System);

    public StatusBoard StatusBoard(Manager manager) => new(new StatusOutput(StatusOptions), manager.Monotonic);

    private StatusOptions StatusOptions => new()
    {
        Show = Options.ShowStatus ?? ShowStatus.Yes,
        Colors = Variable("TERM") is not "dumb" && Options.LogColor != false,
        UnitFormat = Options.StatusUnitFormat ?? StatusUnitFormat.Combined,
    };

    public LogOptions LogOptions(IJournalRelay relay) => new()
    {
        MaxLevel = Options.Debug ? LogLevel.Debug : Options.LogLevel ?? LogLevel.Info,
        Target = Options.LogTarget ?? (InContainer ? LogTarget.Journal : LogTarget.JournalOrKmsg),
        UseKmsg = !InContainer,
        Relay = relay,
    };

    /// <summary>The steps of a boot that are done once, in their order.</summary>
    public void Prepare(Manager manager)
    {
        manager.Startup[StartupClock.Userspace] = DualTimestamp.Now();
        if (!InContainer)
        {
            manager.Startup[StartupClock.SecurityStart] = DualTimestamp.Now();
            manager.Startup[StartupClock.SecurityFinish] = DualTimestamp.Now();
            ClockSetup.ApplyTimezone(ClockSetup.IsLocal());
            ClockSetup.ApplyEpoch(Options.ClockUsec);
        }
        KernelSettings.Apply(Options, InContainer);
        Result<string> host = HostnameSetup.Apply(Options.Hostname, System.OsRelease);
        if (host.Failed) { Log.Warning($"Failed to set the host name: {host.Error.ToString()}"); }
        bool first = FirstBoot.Detect(Options, System.InInitrd);
        _ = RunTree.Create(System.Virtualization.Container);
        _ = FirstBoot.SetMarker(first);
        var id = new MachineIdSetup
        {
            Wanted = Options.MachineId, IsFirstBoot = first, Virtualization = System.Virtualization, ContainerUuid = Variable("container_uuid"),
        };
        Result<MachineIdState> ensured = id.Ensure();
        if (ensured.Failed) { Log.Error($"Failed to set up the machine id: {ensured.Error.ToString()}"); }
        Loopback.Up();
        IsFirstBoot = first;
    }

    public bool IsFirstBoot { get; private set; }

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

    public void OnStanding(Manager manager) { }

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
