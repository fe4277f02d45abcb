using SysMaster.Cgroups;
using SysMaster.Core;
using SysMaster.Core.Boot;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Program;

/// <summary>A user's manager, started by the system's in user@.service: no machine to set up, no console, no privileges; its parent is init's user mode.</summary>
internal sealed class UserScope : IScope
{
    private readonly UserAccount _account;

    public UserScope()
    {
        OwnEnvironment = Facts.ReadEnvironment("/proc/self/environ"u8);
        _account = new UserAccount(OwnEnvironment);
        Manager = _account.Options();
        var block = new EnvironmentList();
        foreach (ByteText variable in OwnEnvironment) { block.Set(variable); }
        System = new SystemFacts
        {
            Environment = block,
            CredentialDirectories = _account.Variable("CREDENTIALS_DIRECTORY") is { } credentials ? [credentials] : [],
        };
        Limits = ResourceLimits.Raise(System);
    }

    public ManagerOptions Manager { get; }

    /// <summary>False without XDG_RUNTIME_DIR: there is no place for its sockets.</summary>
    public bool IsPossible => _account.RuntimeDirectory is not null;

    public SystemFacts System { get; }

    public List<ByteText> OwnEnvironment { get; }

    public IEnumerable<ByteText> ServiceEnvironment => UserEnvironment.ForServices(OwnEnvironment);

    public ResourceLimits Limits { get; }

    public string? Unit => null;

    public LogOptions LogOptions(IJournalRelay relay) => new()
    {
        IsUserManager = true,
        Pid = LibC.getpid(),
        Target = LogTarget.Auto,
        MaxLevel = LogLevelNames.TryParse(_account.Variable("SYSTEMD_LOG_LEVEL"), out LogLevel level) ? level : LogLevel.Info,
        UseKmsg = false,
        ConsoleDevice = "/proc/self/fd/2",
        ConsoleColors = false,
    };

    public StatusBoard StatusBoard(Manager manager) => new();

    public SearchPaths SearchPaths() => UnitFiles.Lookup.SearchPaths.Create(SearchScope.User, new SearchPathOptions
    {
        Home = new ByteText(Manager.Home),
        RuntimeDirectory = new ByteText(Manager.RuntimeDirectory),
        ConfigHome = new ByteText(Manager.ConfigHome),
        DataHome = new ByteText(Manager.DataHome),
        ConfigDirectories = Bytes("XDG_CONFIG_DIRS"),
        DataDirectories = Bytes("XDG_DATA_DIRS"),
        UnitPath = Bytes("SYSTEMD_UNIT_PATH"),
    });

    public void Prepare(Manager manager)
    {
        manager.Startup[StartupClock.Userspace] = DualTimestamp.Now();
        Errno error = RunTree.CreateForUser(Manager.RuntimeDirectory);
        if (error.Failed) { Log.Error($"Failed to create {Manager.RuntimeDirectory}/systemd: {error.ToString()}"); }
    }

    public void OnBoot(Manager manager) => ClearOwnGroup(manager.Cgroups);

    public void OnLoaded(Manager manager) { }

    public void OnStanding(Manager manager)
    {
        if (_account.Variable("NOTIFY_SOCKET") is { } socket) { manager.Observers.Add(new OuterNews(manager, new ByteText(socket))); }
    }

    public void OnEnding(Manager manager) { }

    /// <summary>Whoever was put into our group beside us ("(sd-pam)") goes to init.scope too: a group that has groups with controllers may hold no process.</summary>
    private static void ClearOwnGroup(UnitCgroups groups)
    {
        if (groups.Tree is not { } tree) { return; }
        ByteText top = groups.Root.Length == 0 ? CgroupPath.Top : new ByteText(groups.Root);
        var pids = new List<int>();
        _ = tree.Pids(top, pids, recursive: false);
        foreach (int pid in pids)
        {
            Errno error = tree.Attach(CgroupPath.Child(top, "init.scope"u8), pid);
            if (error.Failed) { Log.Debug($"Process {pid} stays in {groups.Root}: {error.ToString()}"); }
        }
    }

    private ByteText Bytes(string variable) => _account.Variable(variable) is { } text ? new ByteText(text) : default;
}
