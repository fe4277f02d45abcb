using SysMaster.Core.Boot;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Core;

/// <summary>Coming up and reading everything anew: generators first, while the loop goes on, then one swap of the loaded set.</summary>
public sealed partial class Manager
{
    private SearchPaths _paths = null!;
    private readonly List<Action> _afterReload = [];

    public StartupClock Startup { get; } = new();

    private MemoryTrim Trim => _trim ??= new MemoryTrim(this);

    private MemoryTrim? _trim;

    public bool StartupIsFinished { get; private set; }

    /// <summary>A daemon-reload is under way: generators run, or units are being read. A later manager does it again.</summary>
    public bool IsReloading { get; private set; }

    /// <summary>Units are being read anew: what changes of them is no news.</summary>
    internal bool IsSwapping { get; private set; }

    /// <summary>The manager before was killed over a daemon-reload.</summary>
    public bool WasReloading { get; private set; }

    public ManagerSpecifiers Specifiers => _specifiers ??= new ManagerSpecifiers(this);

    private ManagerSpecifiers? _specifiers;

    public SearchPaths Paths => _paths;

    /// <summary>Where a helper's complaints go: the journal where there is one.</summary>
    internal ExecStreamKind HelperStderr => ExecStreamKind.Journal;

    public void OpenFiles(SearchPaths paths)
    {
        _paths = paths;
        Files = UnitFileCache.Build(paths);
        LookupReports.Tell(Files);
    }

    public BootPhase Phase { get; private set; } = BootPhase.Done;

    public void SetPhase(BootPhase phase)
    {
        Phase = phase;
        if (phase == BootPhase.Done) { LogWasLost = false; }
        if (phase != BootPhase.Done)
        {
            StartupIsFinished = false;
            Startup[StartupClock.Finish] = default;
        }
        MarkManagerDirty();
    }

    /// <summary>For a manager that nobody runs after: writes down what it leaves to the next one.</summary>
    public void SaveForSuccessor(BootPhase phase)
    {
        SetPhase(phase);
        CommitRecords();
    }

    /// <summary>From here on the loop has to run: generators and kernel modules, then units, then <paramref name="ready"/>.</summary>
    public void Begin(SearchPaths paths, Action ready)
    {
        _paths = paths;
        int awaited = 2;
        void LoadUnits()
        {
            if (--awaited > 0) { return; }
            OpenFiles(paths);
            StampUnitsLoad();
            EnumerateTypes();
            Inheritance.Take(this);
            ready();
            Startup.Stamp(StartupClock.UnitsLoadFinish);
            MarkManagerDirty();
        }

        new KernelModules(this, LoadUnits).Start();
        new Generators(this, LoadUnits).Start();
    }

    public void EnumerateTypes()
    {
        foreach (UnitType type in Types)
        {
            if (type.IsSupported is { } supported && !supported(this)) { continue; }
            type.Enumerate?.Invoke(this);
        }
        DispatchLoadQueue();
    }

    /// <summary>The unit of the kernel command line, or default.target; rescue.target if that cannot be had.</summary>
    public void StartDefault(string? wanted, JobMode mode = JobMode.Isolate)
    {
        CurrentActor = "boot";
        UnitName name = wanted is null ? SpecialUnits.Default : UnitName.Mangle(new ByteText(wanted).Span);
        if (!TryStart(name, mode) && !TryStart(SpecialUnits.Rescue, mode)) { TryStart(SpecialUnits.Emergency, mode); }
        CurrentActor = null;
    }

    private bool TryStart(UnitName name, JobMode mode)
    {
        Unit unit = Load(name);
        if (unit.LoadState is UnitLoadState.Error or UnitLoadState.NotFound or UnitLoadState.Masked or UnitLoadState.BadSetting)
        {
            Log.Error($"Failed to load {name}: {unit.LoadError?.Message ?? "unknown error"}");
            return false;
        }
        BusError? error = AddJob(JobType.Start, unit, mode, out _);
        if (error is { Name: BusError.NoIsolation }) { error = AddJob(JobType.Start, unit, JobMode.Replace, out _); }
        if (error is null) { return true; }
        Log.Error($"Failed to start {name}: {error.Message}");
        return false;
    }

    /// <summary>daemon-reload. Returns at once; <paramref name="done"/> is called when the new set is in force.</summary>
    public void Reload(Action done)
    {
        _afterReload.Add(done);
        if (IsReloading) { return; }
        IsReloading = true;
        MarkManagerDirty();
        foreach (IManagerObserver observer in Observers) { observer.OnReloading(true); }
        new Generators(this, FinishReload).Start();
    }

    /// <summary>Package tools compare a unit file's age with that of this file, to see whether a daemon-reload is due.</summary>
    private void StampUnitsLoad()
    {
        Startup.Stamp(StartupClock.UnitsLoadStart);
        Startup[StartupClock.UnitsLoad] = Startup[StartupClock.UnitsLoadStart];
        var file = new ByteText(Options.RuntimeDirectory + "/systemd/systemd-units-load");
        Errno touched = Sys.Touch(file, Startup[StartupClock.UnitsLoad].Realtime, 0x124);
        if (touched.Failed) { Log.Debug($"{file.ToString()} could not be touched: {touched.ToString()}"); }
    }

    private void FinishReload()
    {
        Loop.Guard?.Arm(HangGuard.StartLimit);   // not all of it is cut in slices
        IsSwapping = true;
        using TextBatch texts = BatchTexts();
        StampUnitsLoad();
        Files = UnitFileCache.Build(_paths);
        LookupReports.Tell(Files);
        MountRequirements.Forget();
        const DepOrigin Written = DepOrigin.File | DepOrigin.Implicit | DepOrigin.Default | DepOrigin.Path | DepOrigin.Bus;
        var units = new List<Unit>(Units);
        List<(UnitLoadState State, UnitFlags Flags)> before = units.ConvertAll(static u => (u.LoadState, u.Flags));
        foreach (Unit unit in units)
        {
            unit.RemoveDependencies(Written);
            unit.Slice = null;
            unit.LoadState = UnitLoadState.Stub;
            DropAliases(unit);   // those that are still there come back with the load
        }
        foreach (Unit unit in units) { QueueLoad(unit); }
        DispatchLoadQueue();
        ForgetSameNews(units, before);
        foreach (Unit unit in units)
        {
            if ((unit.Flags & UnitFlags.Removed) == 0) { unit.OnReloaded(); }
        }
        EnumerateTypes();
        IsReloading = IsSwapping = false;
        if (ManagedOomChanged is { } tell) { units.ForEach(tell); }
        MarkManagerDirty();
        QueueDependentsOfAll(units);
        foreach (Unit unit in units) { QueueGc(unit); }
        Startup.Stamp(StartupClock.UnitsLoadFinish);
        foreach (IManagerObserver observer in Observers) { observer.OnReloading(false); }
        foreach (Action done in _afterReload) { done(); }
        _afterReload.Clear();
    }

    /// <summary>Read anew and as before: what a signal would carry of it has not changed (what comes from files is not told by signals).</summary>
    private void ForgetSameNews(List<Unit> units, List<(UnitLoadState State, UnitFlags Flags)> before)
    {
        for (int i = 0; i < units.Count; i++)
        {
            if (units[i].LoadState == before[i].State && (before[i].Flags & UnitFlags.InChangedQueue) == 0) { units[i].Flags &= ~UnitFlags.InChangedQueue; }
        }
        _changed.RemoveAll(static unit => (unit.Flags & UnitFlags.InChangedQueue) == 0);
    }

    public void SetBaseVariable(ByteText assignment)
    {
        ReadOnlySpan<byte> name = EnvironmentText.NameOf(assignment.Span);
        for (int i = 0; i < BaseEnvironment.Count; i++)
        {
            if (EnvironmentText.NameOf(BaseEnvironment[i].Span).SequenceEqual(name))
            {
                BaseEnvironment[i] = assignment;
                return;
            }
        }
        int at = BaseEnvironment.FindIndex(v => v.Span.SequenceCompareTo(assignment.Span) > 0);
        BaseEnvironment.Insert(at < 0 ? BaseEnvironment.Count : at, assignment);
    }

    /// <summary>The queue ran empty for the first time: the boot is over.</summary>
    internal void CheckStartupFinished()
    {
        if (Jobs.Count > 0 || StartupIsFinished || IsReplaying || Phase != BootPhase.Done) { return; }
        StartupIsFinished = true;
        Cgroups.OnStartupChanged();
        Startup.Stamp(StartupClock.Finish);
        MarkManagerDirty();
        Log.Write(LogLevel.Info, new LogContext { NoPrefix = true, MessageId = IsSystem ? MessageIds.StartupFinished : MessageIds.UserStartupFinished }, $"{StartupText()}");
        _ = Status.Output?.Flip(false);
        if (IsSystem && Init is not null) { _ = FirstBoot.SetMarker(false); }
        foreach (IManagerObserver observer in Observers) { observer.OnStartupFinished(); }
    }

    private string StartupText()
    {
        Usec userspace = Startup[StartupClock.Userspace].Monotonic, finish = Startup[StartupClock.Finish].Monotonic;
        string spent = TimeSpanText.Format(finish - userspace, Usec.PerMsec);
        if (!IsSystem || Facts.Virtualization.IsContainer) { return $"Startup finished in {spent}."; }
        Usec initrd = Startup[StartupClock.InitRD].Monotonic;
        bool passedInitrd = initrd != Usec.Zero && initrd < userspace;
        string before = passedInitrd
            ? $"{TimeSpanText.Format(initrd, Usec.PerMsec)} (kernel) + {TimeSpanText.Format(userspace - initrd, Usec.PerMsec)} (initrd)"
            : $"{TimeSpanText.Format(userspace, Usec.PerMsec)} (kernel)";
        return $"Startup finished in {before} + {spent} (userspace) = {TimeSpanText.Format(finish, Usec.PerMsec)}.";
    }
}
