using SysMaster.Core;
using SysMaster.Core.Boot;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Core.Status;
using SysMaster.DBus.Systemd1;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.Spawn.Exec;
using SysMaster.Spawn.Init;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;
using SysMaster.Units;
using SysMaster.Varlink;

namespace SysMaster.Program;

/// <summary>
/// The manager between init and the loop: takes what init keeps, boots or recovers, runs, and says at the end what init is to
/// become. A first core boots; every later one (after a crash, a daemon-reexec, an upgrade) recovers from the savepoint. The system's and a
/// user's differ in their <see cref="IScope"/>.
/// </summary>
internal sealed class ManagerHost(bool isUser, string[] args) : IInitObserver, IFdObserver, IJournalRelay
{
    private const string ReleaseSocket = "cgroups-agent";
    private const string ReleaseAgent = "/usr/lib/sysmaster/cgroups-agent";

    private readonly Dictionary<string, OwnedFd> _kept = new(StringComparer.Ordinal);
    private Manager _manager = null!;
    private IScope _scope = null!;
    private InitLink? _init;
    private StartInfo _start;
    private bool _told;
    private FdSource? _executorSource;
    private OwnedFd? _earlyExecutor;
    private readonly List<ExitNotice> _earlyExits = [];
    private readonly List<ForwardedSignal> _earlySignals = [];
    private bool _ready;
    private bool _logIsLost;
    private BusFront? _front;

    public int Run()
    {
        _init = InitLink.OfThisProcessOrNull();
        if (_init is null)
        {
            _ = Sys.WriteAll(new Fd(2), "sysmaster is started by /usr/lib/sysmaster/init, as PID 1 or with --user, not by hand.\n"u8);
            return 1;
        }
        HangGuard? guard = _init.HangTimer.IsValid ? new HangGuard(_init.HangTimer) : null;
        guard?.Arm(HangGuard.StartLimit);
        while (!_told && _init.OnReadable(this) is var e && (e == Errno.None || e == Errno.EAGAIN)) { if (!_told) { _ = Sys.WaitReadable(_init.Fd); } }
        using var nursery = new Nursery(_start.Generation > 1);
        _scope = isUser ? new UserScope() : new Facts(args);
        Log.Open(_scope.LogOptions(this));
        if (isUser) { Log.JournalIsRunning(true); }   // if it does not, nobody waits: the socket takes a line or refuses it
        if (_scope is UserScope { IsPossible: false })
        {
            Log.Error($"$XDG_RUNTIME_DIR is not set: a user's manager cannot run without it.");
            return Ending.Leave(_init, 1);
        }
        AppDomain.CurrentDomain.UnhandledException += static (_, e) => Log.Critical($"The manager has a fault and starts again: {e.ExceptionObject}");
        _manager = new Manager(_scope.Manager, UnitTypes.All);
        _manager.Loop.Guard = guard;
        _manager.Generation = (uint)_start.Generation;
        ManagerSetup.Apply(_manager, _scope);
        _manager.SetInit(_init);
        _init.NotSent = static (what, error) => Log.Warning($"init could not be told ({what}): {error.ToString()}");
        _manager.SetInotify(Take("inotify"));
        OpenLedger();
        bool saved = OpenSavepoint();
        if (!saved && !_logIsLost && Prepare() is { } code) { return code; }
        OwnedFd? watchdog = Take("watchdog");
        Setup();
        _manager.Loop.Add(new FdSource(_init.Fd, EventPriority.Init, this), LibC.EPOLLIN);
        if (_earlyExecutor is { } executor) { OnExecutor(executor); }
        _front = BusFront.Attach(_manager, Take("private"));
        if (_manager.IsSystem)
        {
            VarlinkServer.Listen(_manager, new DynamicUserDatabase(_manager.DynamicUsers), DynamicUserDatabase.SocketPath, "userdb", Take("userdb"));
            VarlinkServer.Listen(_manager, new ManagedOomGroups(_manager), ManagedOomGroups.SocketPath, "managed-oom", Take("managed-oom"));
        }
        if (saved) { Recover(); }
        else if (_logIsLost) { Rebuild(); }
        if (_manager.IsSystem) { _manager.Watchdog.Apply(watchdog); }
        RenewExecutor(saved);
        if (_manager.Phase == BootPhase.Prepare && Prepare() is { } end) { return end; }
        if (_manager.Phase == BootPhase.Load) { Boot(saved || _logIsLost); }
        else if (_manager.WasReloading) { _manager.Reload(static () => { }); }
        _scope.OnStanding(_manager);
        DeliverEarly();
        _ = _init.Ready();
        _manager.OnTurnEnd();
        _manager.Ledger?.Stand();
        nursery.Dispose();
        guard?.Settle();
        _manager.Loop.Run(_manager);
        _scope.OnEnding(_manager);
        return Ending.Act(_manager, _init, Words);
    }

    /// <summary>
    /// With this build came another executor, perhaps: the first spawn must not go to one that speaks another language. What the manager before
    /// has asked for is asked for again in any case.
    /// </summary>
    private void RenewExecutor(bool recovered)
    {
        string file = Sys.Stat(new ByteText(InitProtocol.ExecutorPath)) is { Failed: false, Value: var s } ? $"{s.Device} {s.Inode} {s.MtimeNsec}" : "";
        if (file == _manager.ExecutorFile) { return; }
        _manager.ExecutorFile = file;
        if (!recovered || file.Length == 0) { return; }
        _executorIsNew = false;
        if (_init!.RenewExecutor().Failed) { return; }
        while (!_executorIsNew && Sys.WaitReadable(_init.Fd, RenewMsec) && _init.OnReadable(this) is var e && (e == Errno.None || e == Errno.EAGAIN)) { }
        if (!_executorIsNew) { Log.Warning($"init has not replaced the executor by that of this build."); }
    }

    private const int RenewMsec = 2000;
    private bool _executorIsNew;

    private void Setup()
    {
        _manager.ReadConfiguration(_scope.Limits, _scope is Facts { Options: { } options } ? ManagerSwitches.Overrides(options) : null);
        if (_scope is Facts facts) { ManagerSwitches.Apply(_manager, facts, this); }
        _manager.SetCgroups(Facts.OpenCgroups(_manager));
        _manager.SetStatus(_scope.StatusBoard(_manager));
        OpenNotify();
        if (_manager.IsSystem && _manager.Cgroups.IsLegacy) { HearReleases(); }
    }

    private List<ByteText> Words => _scope is Facts facts ? facts.Words : [];

    private static readonly Usec s_policyLimit = Usec.FromSec(600);

    /// <summary>With a security policy just loaded, init and all after it belong into another domain: they start again there.</summary>
    /// <returns>The exit code, when this manager is to end.</returns>
    private int? EnterDomain()
    {
        if (_scope is not Facts facts) { return null; }
        facts.StampSecurity(_manager, StartupClock.SecurityStart);
        _manager.Loop.Guard?.Arm(s_policyLimit);   // a policy is large, and everything in memory gets its label
        SelinuxOutcome outcome = SelinuxSetup.Load(facts.InContainer);
        facts.StampSecurity(_manager, StartupClock.SecurityFinish);
        if (outcome == SelinuxOutcome.FailedEnforcing)
        {
            _manager.SetObjective(Objective.Halt, null);
            return Ending.Act(_manager, _init!, Words);
        }
        if (outcome != SelinuxOutcome.Loaded) { return null; }
        string label = SelinuxSetup.DomainOf(InitProtocol.InitPath);
        if (label.Length == 0) { return null; }
        Errno error = _init!.Reexec(System.Text.Encoding.UTF8.GetBytes(label));
        if (!error.Failed) { return 0; }
        Log.Error($"The manager could not enter the security domain {label}: {error.ToString()}");
        return null;
    }

    /// <summary>The machine is set up once in each root; the security policy first.</summary>
    private int? Prepare()
    {
        if (EnterDomain() is { } code) { return code; }
        _scope.Prepare(_manager);
        _manager.SetPhase(BootPhase.Load);
        return null;
    }

    private void HearReleases()
    {
        OwnedFd? socket = Take(ReleaseSocket);
        if (socket is null)
        {
            Result<OwnedFd> bound = _init!.Listen(new ByteText(ReleaseNotices.SocketPath), LibC.SOCK_DGRAM, ReleaseNotices.SocketMode, 0);
            if (bound.Failed)
            {
                Log.Error($"{ReleaseNotices.SocketPath} could not be made: {bound.Error.ToString()}. Emptiness of control groups is looked up when processes end.");
                return;
            }
            socket = bound.Value;
            _manager.KeepFd(ReleaseSocket, socket.Fd);
        }
        _manager.Cgroups.HearReleases(new ByteText(ReleaseAgent), socket);
    }

    private void OpenNotify()
    {
        OwnedFd? socket = Take("notify");
        if (socket is null)
        {
            Result<OwnedFd> bound = _init!.Listen(new ByteText(_manager.NotifyPath), LibC.SOCK_DGRAM, 0x1FF, 0);
            if (bound.Failed)
            {
                Log.Error($"The notification socket could not be made: {bound.Error.ToString()}. Services of Type=notify will time out.");
                return;
            }
            socket = bound.Value;
            _manager.KeepFd("notify", socket.Fd);
        }
        _manager.OpenNotifySocket(socket);
    }

    /// <summary>Whether the last manager died by itself: a plain SIGKILL is somebody's wish, no fault of what it was at.</summary>
    private bool LastFailed => _start.Generation > 1 && (_start.Flags.HasFlag(StartFlags.LastHung)
        || !(_start.LastCode == LibC.CLD_EXITED && _start.LastStatus == 0 || _start.LastCode == LibC.CLD_KILLED && _start.LastStatus == SIGKILL));

    private void OpenLedger()
    {
        Result<Ledger> ledger = Take("ledger") is { } kept ? Ledger.Adopt(kept) : Errno.ENOENT;
        if (ledger.Failed)
        {
            ledger = Ledger.Create();
            if (!ledger.Failed) { _manager.KeepFd("ledger", ledger.Value.Fd); }
        }
        if (ledger.Failed)
        {
            Log.Error($"No memory for the ledger: {ledger.Error.ToString()}. A crash of the manager would break its clients' connections.");
            return;
        }
        _manager.OwnKept("ledger");
        if (_start.LastCode == LibC.CLD_EXITED && _start.LastStatus == 0) { ledger.Value.Acquit(); }   // somebody wants it tried anew
        ledger.Value.Judge(LastFailed);
        _manager.Ledger = ledger.Value;
    }

    /// <summary>Managers die at this state, and no unit or message of it is known to be the cause: it is kept for diagnosis and not read.</summary>
    private bool SetLogAside(OwnedFd first, OwnedFd second)
    {
        bool suspected = _manager.Ledger?.HasSuspect(CrumbKind.Unit, 2) == true || _manager.Ledger?.HasSuspect(CrumbKind.Message, 2) == true;
        // init counts managers that could not be started at all, too; the ledger only those that had begun with this state.
        uint failures = Math.Min((uint)_start.Failures, _manager.Ledger?.Failures ?? 0);
        if (failures <= FailuresToStartAnew || (suspected && failures <= FailuresToStartAnew + 2)) { return false; }
        Log.Critical($"The manager has failed {failures} times with its state log: it is set aside. State is rebuilt from the kernel where that is possible.");
        _manager.KeepFd("aside/0", first.Fd);
        _manager.KeepFd("aside/1", second.Fd);
        _manager.Ledger?.Acquit();
        first.Dispose();
        second.Dispose();
        return true;
    }

    private const int FailuresToStartAnew = 3;
    private const int SIGKILL = 9;

    /// <returns>True when there is a log of an earlier manager.</returns>
    private bool OpenSavepoint()
    {
        OwnedFd? first = Take("savepoint/0"), second = Take("savepoint/1");
        Take("aside/0")?.Dispose();
        Take("aside/1")?.Dispose();
        // The notify socket stands only once the machine was set up: whoever finds it without a log finds a machine that runs.
        _logIsLost = (first is not null && second is not null) || _kept.ContainsKey("notify");
        if (first is not null && second is not null && !SetLogAside(first, second))
        {
            Result<SavepointLog> kept = SavepointLog.Open(first, second, out SavepointReport report);
            if (!kept.Failed)
            {
                if (report.Repaired > 0)
                {
                    _damage = $", {report.Repaired} records of the state log had a wrong bit and are right again";
                    Log.Warning($"The state log had a wrong bit in {report.Repaired} records; they are right again.");
                }
                if (report.Lost > 0)
                {
                    _damage = $", {report.Lost} bytes of the state log were lost";
                    Log.Critical($"The state log is damaged, {report.Lost} bytes of it are lost. What they may have changed is compared with the kernel.");
                }
                if (report.End != ReplayEnd.Clean) { Log.Warning($"The state log ends in the middle of a batch; {report.IgnoredRecords} records of it are ignored."); }
                _manager.SetSavepoint(kept.Value);
                _logIsLost = _manager.MustRebuild;
                if (_logIsLost) { BeginRebuild(); }
                return !_logIsLost;
            }
            Log.Critical($"The state log cannot be read: {kept.Error.ToString()}. State is rebuilt from the kernel where that is possible.");
        }
        Result<SavepointLog> made = SavepointLog.Create();
        if (made.Failed)
        {
            Log.Error($"No memory for the state log: {made.Error.ToString()}. A crash of the manager would lose its state.");
            if (_logIsLost) { BeginRebuild(); }
            return false;
        }
        _manager.SetSavepoint(made.Value);
        // What init keeps says from the first moment on what there is to be done: whoever dies over it leaves that to the next.
        if (_logIsLost) { BeginRebuild(); }
        else { _manager.SaveForSuccessor(BootPhase.Prepare); }
        _manager.KeepFd("savepoint/0", made.Value.SegmentFd(0));
        _manager.KeepFd("savepoint/1", made.Value.SegmentFd(1));
        return false;
    }

    /// <summary>The machine itself was set up by who wrote the log that is lost.</summary>
    private void BeginRebuild()
    {
        _manager.BeginRebuild();
        _manager.SaveForSuccessor(BootPhase.Load);
    }

    /// <param name="recovered">Units are known already: a manager died early, or the root has changed under it.</param>
    private void Boot(bool recovered)
    {
        _scope.OnBoot(_manager);
        if (recovered) { _manager.Reload(Ready); }
        else { _manager.Begin(_scope.SearchPaths(), Ready); }

        void Ready()
        {
            _scope.OnLoaded(_manager);
            _manager.StartDefault(_scope.Unit, _manager.LogWasLost ? JobMode.Replace : JobMode.Isolate);   // what runs beside the target was wanted by somebody
            _manager.SetPhase(BootPhase.Done);
        }
    }

    /// <summary>Before anybody is answered: the state log is lost, the machine is not.</summary>
    private void Rebuild()
    {
        _manager.OpenFiles(_scope.SearchPaths());
        _manager.EnumerateForRecovery();
        _manager.RebuildFromKernel(_kept);
        Log.Notice($"The manager is back without its state (start {_start.Generation}, {LastEnd}): {_manager.Units.Count} units. What boots the machine is started again where it is not found running.");
    }

    private void Recover()
    {
        Usec begun = Clock.Monotonic();
        _manager.OpenFiles(_scope.SearchPaths());
        _manager.EnumerateForRecovery();
        _manager.RecoverState(_kept);
        _kept.Clear();
        Usec took = Clock.Monotonic() - begun;
        string spent = TimeSpanText.Format(took, Usec.PerMsec);
        _manager.AddRecovery(new PastRecovery((uint)_start.Generation, Clock.Realtime(), LastEnd + _damage, took, (uint)_manager.Units.Count,
            (uint)_manager.Jobs.Count, (uint)(_front?.ClientCount ?? 0), _manager.RecordsSetAside));
        string why = LastEnd + _damage;
        Log.Notice($"The manager is back (start {_start.Generation}, {why}): {_manager.Units.Count} units, {_manager.Jobs.Count} jobs, read in {spent}.");
        // The change of root did not come about: there is no boot to go through.
        if (_manager.Phase == BootPhase.Prepare && Array.IndexOf(args, "--not-switched") >= 0) { _manager.SetPhase(BootPhase.Done); }
    }

    private string _damage = "";

    /// <summary>Why there is a new manager.</summary>
    private string LastEnd => _start.Flags.HasFlag(StartFlags.LastHung) ? "the last one hung"
        : _start.LastCode == LibC.CLD_EXITED ? $"the last one exited with status {_start.LastStatus}" : $"the last one was ended by signal {_start.LastStatus}";

    private OwnedFd? Take(string name) => _kept.Remove(name, out OwnedFd? fd) ? fd : null;

    public void OnReady(FdSource source, uint ready)
    {
        if (source == _executorSource)
        {
            _manager.Executor?.OnReadable();
            return;
        }
        if (_init!.OnReadable(this) != Errno.EPIPE) { return; }
        // init goes: there is nobody left to be a manager for.
        Log.Critical($"init has closed its link.");
        _manager.SetObjective(Objective.Exit, null);
    }

    public void OnExited(in ExitNotice exit)
    {
        if (!_ready) { _earlyExits.Add(exit); }
        else { _manager.OnChildExited(exit.Pid, new ChildExit(exit.Code, exit.Status)); }
    }

    public void OnSignal(in ForwardedSignal signal)
    {
        if (!_ready) { _earlySignals.Add(signal); }
        else if (_manager.HearSignal(signal)) { Signals.Act(_manager, signal); }
    }

    /// <summary>What init told while there was no manager to tell it to.</summary>
    private void DeliverEarly()
    {
        _ready = true;
        foreach (ExitNotice exit in _earlyExits) { OnExited(exit); }
        foreach (ForwardedSignal signal in _earlySignals) { OnSignal(signal); }
        _earlyExits.Clear();
        _earlySignals.Clear();
    }

    public void OnExecutor(OwnedFd socket)
    {
        if (_manager is null)
        {
            _earlyExecutor?.Dispose();
            _earlyExecutor = socket;
            return;
        }
        _executorSource?.Dispose();
        _manager.SetExecutor(null);
        Result<ExecutorLink> link = ExecutorLink.Open(socket, _manager);
        if (link.Failed)
        {
            Log.Error($"The executor's socket cannot be used: {link.Error.ToString()}");
            return;
        }
        _manager.SetExecutor(link.Value);
        _executorIsNew = true;
        _executorSource = new FdSource(link.Value.Fd, EventPriority.Executor, this);
        _manager.Loop.Add(_executorSource, LibC.EPOLLIN);
    }

    public void OnKeptFd(ByteText name, OwnedFd fd) => _kept[name.ToString()] = fd;

    public void OnStarted(in StartInfo info)
    {
        _start = info;
        _told = true;
    }

    public void OnStoreFailed(ByteText name, Errno error) => Log.Error($"init could not keep the descriptor {name.ToString()}: {error.ToString()}");

    public bool TrySend(ReadOnlySpan<byte> datagram) => _init is { } init && !init.SendLog(datagram).Failed;
}
