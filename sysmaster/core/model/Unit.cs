using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Core;

/// <summary>
/// One unit: the part that is the same for every type. Split by facet: identity and settings (here), edges, state changes, starting and
/// stopping, persistence and effects. A type derives, overrides what it can do, and composes contexts (exec, kill, cgroup) as it needs.
/// A unit is always created under its canonical name: aliases are resolved before, so two objects never have to be merged.
/// </summary>
public abstract partial class Unit
{
    protected Unit(Manager manager, UnitType type, UnitName id)
    {
        Manager = manager;
        Type = type;
        Id = id;
        Settings = s_noSettings;
        Number = ++s_number;
    }

    private static int s_number;

    private static readonly SettingsBag s_noSettings = new();

    public Manager Manager { get; }

    public UnitType Type { get; }

    /// <summary>The canonical name.</summary>
    public UnitName Id { get; }

    /// <summary>Counts the units of this process: what tables of units are spread by. Nothing depends on it being one unit's alone.</summary>
    internal int Number { get; }

    /// <summary>Where it stands in the <see cref="UnitSet"/>; -1: it does not.</summary>
    internal int Place { get; set; } = -1;

    /// <summary>What the search path said when the unit was created; taken by the load that follows.</summary>
    internal UnitLookup? Found { get; set; }

    /// <summary>Further names; null for most.</summary>
    public List<UnitName>? Aliases { get; internal set; }

    public UnitLoadState LoadState { get; set; } = UnitLoadState.Stub;

    /// <summary>Why it is not loaded, as D-Bus shows it; null when it is.</summary>
    public BusError? LoadError { get; set; }

    /// <summary>Set by the type's part of loading, when it is not the settings that are bad: the unit then shows as error.</summary>
    protected internal Errno LoadFailure { get; set; }

    /// <summary>What files, the bus and defaults set; rows' defaults otherwise.</summary>
    public SettingsBag Settings { get; set; }

    public ByteText FragmentPath { get; set; }

    public ByteText[] DropInPaths { get; set; } = [];

    /// <summary>mtime of the fragment when it was read, µs; zero if none.</summary>
    public Usec FragmentMtime { get; set; }

    /// <summary>The newest mtime of the drop-ins when they were read.</summary>
    public Usec DropInMtime { get; set; }

    public UnitFlags Flags { get; set; }

    public bool IsPerpetual => (Flags & UnitFlags.Perpetual) != 0;

    public bool IsTransient => (Flags & UnitFlags.Transient) != 0;

    /// <summary>It follows what others do (the kernel's mounts, the manager itself): it lies in the root slice, and nothing is ordered after it to stop it.</summary>
    public virtual bool IsExtrinsic => IsPerpetual;

    /// <summary>The slice it lies in; null for the root slice.</summary>
    public Unit? Slice { get; internal set; }

    /// <summary>Description=, or the name, as systemctl shows it.</summary>
    public virtual string Description
    {
        get
        {
            ByteText set = Settings.Get(UnitDirectives.Description);
            return set.IsEmpty ? Id.Text : set.ToString();
        }
    }

    /// <summary>The same where it is what Description= says, as it lies there; else empty.</summary>
    public virtual ByteText SetDescription => Settings.Get(UnitDirectives.Description);

    /// <summary>The unit whose state this one only mirrors (a device node's twin); null for most.</summary>
    public virtual Unit? Following => null;

    public bool IsLoaded => LoadState == UnitLoadState.Loaded;

    /// <summary>Its files could be read: what they leave open was filled in from the manager's defaults and by the type, even where that was then refused.</summary>
    public bool IsCompleted => (Flags & UnitFlags.Completed) != 0;

    public bool HasName(UnitName name) => Id == name || (Aliases?.Contains(name) ?? false);

    public T Get<T>(Directive<T> directive) => Settings.Get(directive);

    /// <summary>It can be without a fragment (slices, devices, mounts of the kernel's table).</summary>
    protected internal virtual bool LoadsWithoutFile => IsPerpetual;

    /// <summary>A file of its name makes it; else only a client can (scopes: systemd.scope(5)).</summary>
    protected internal virtual bool MayHaveFile => true;

    /// <summary>Slice=, or where the type puts it; null: in none.</summary>
    protected internal virtual UnitName? WantedSlice => null;

    /// <summary>"name - description", as status lines and the log have it.</summary>
    public string StatusName => Description == Id.Text ? Id.Text : $"{Id.Text} - {Description}";

    /// <summary>A start is worth a line of its own before it is done; false where it is done with the fork.</summary>
    public virtual bool StartTakesTime => true;

    /// <summary>A start is work that is finished when the job is done (oneshot), rather than something that goes on.</summary>
    public virtual bool StartIsItsWork => false;

    /// <summary>Its start ended well and did nothing: a command decided so (ExecCondition=).</summary>
    public virtual bool StartWasSkipped => false;

    /// <summary>What the type implies holds for a file with a fatal error too: the kernel may have the mount or swap all the same.</summary>
    public virtual bool IsImpliedWhenBad => false;

    /// <summary>
    /// The type's part of loading, after files were parsed: check the settings, add implicit and default dependencies.
    /// </summary>
    /// <returns>Null, or why the unit cannot be used (it then shows as bad-setting).</returns>
    protected internal virtual string? OnLoad() => null;

    public override string ToString() => Id.Text;
}

/// <summary>An error as D-Bus carries it.</summary>
public sealed record BusError(string Name, string Message)
{
    /// <summary>An error number as sd-bus names it.</summary>
    public static string NameOf(Errno error) => error.Value switch
    {
        1 or 13 => AccessDenied,
        2 => FileNotFound,
        12 => NoMemory,
        17 => FileExists,
        22 => InvalidArgs,
        99 => BadAddress,
        74 => InconsistentMessage,
        _ => UnitFiles.ErrnoNames.Table.WordOrNull(error.Value) is { } name ? $"System.Error.{name}" : LoadFailed,
    };

    public const string InconsistentMessage = "org.freedesktop.DBus.Error.InconsistentMessage";
    public const string NoSuchUnit = "org.freedesktop.systemd1.NoSuchUnit";
    public const string NoSuchJob = "org.freedesktop.systemd1.NoSuchJob";
    public const string UnitExists = "org.freedesktop.systemd1.UnitExists";
    public const string BadAddress = "org.freedesktop.DBus.Error.BadAddress";
    public const string LoadFailed = "org.freedesktop.systemd1.LoadFailed";
    public const string BadUnitSetting = "org.freedesktop.systemd1.BadUnitSetting";
    public const string UnitMasked = "org.freedesktop.systemd1.UnitMasked";
    public const string JobTypeNotApplicable = "org.freedesktop.systemd1.JobTypeNotApplicable";
    public const string NoIsolation = "org.freedesktop.systemd1.NoIsolation";
    public const string OnlyByDependency = "org.freedesktop.systemd1.OnlyByDependency";
    public const string TransactionIsDestructive = "org.freedesktop.systemd1.TransactionIsDestructive";
    public const string TransactionJobsConflicting = "org.freedesktop.systemd1.TransactionJobsConflicting";
    public const string TransactionOrderIsCyclic = "org.freedesktop.systemd1.TransactionOrderIsCyclic";
    public const string ShuttingDown = "org.freedesktop.systemd1.ShuttingDown";
    public const string NoSuchProcess = "org.freedesktop.systemd1.NoSuchProcess";
    public const string NotReferenced = "org.freedesktop.systemd1.NotReferenced";
    public const string UnitBusy = "org.freedesktop.systemd1.UnitBusy";
    public const string UnitInactive = "org.freedesktop.systemd1.UnitInactive";
    public const string NothingToClean = "org.freedesktop.systemd1.NothingToClean";
    public const string InvalidArgs = "org.freedesktop.DBus.Error.InvalidArgs";
    public const string Failed = "org.freedesktop.DBus.Error.Failed";
    public const string NotSupported = "org.freedesktop.DBus.Error.NotSupported";
    public const string AccessDenied = "org.freedesktop.DBus.Error.AccessDenied";
    public const string FileNotFound = "org.freedesktop.DBus.Error.FileNotFound";
    public const string FileExists = "org.freedesktop.DBus.Error.FileExists";
    public const string NoMemory = "org.freedesktop.DBus.Error.NoMemory";
}

/// <summary>Bits of a unit that are mostly off.</summary>
[Flags]
public enum UnitFlags
{
    None = 0,
    /// <summary>Never collected, never stopped (init.scope, -.slice, -.mount).</summary>
    Perpetual = 1,
    Transient = 2,
    InLoadQueue = 4,
    InGcQueue = 8,
    InChangedQueue = 16,
    InStopWhenUnneededQueue = 32,
    InStartWhenUpheldQueue = 64,
    InBoundQueue = 128,
    InEffectQueue = 256,
    Dirty = 512,
    /// <summary>The bus has told of it (UnitNew was sent).</summary>
    Announced = 1024,
    InTargetDepsQueue = 2048,
    /// <summary>A drop-in or bus call asks for it: not collected while somebody holds a reference.</summary>
    ConditionTested = 4096,
    StartLimitHit = 8192,
    Removed = 16384,
    /// <summary>See <see cref="Unit.IsTransitory"/>.</summary>
    Transitory = 32768,
    /// <summary>See <see cref="Unit.IsCompleted"/>.</summary>
    Completed = 65536,
}
