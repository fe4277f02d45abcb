using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>What `systemctl clean` removes of a unit, --what=.</summary>
[Flags]
public enum CleanKinds
{
    None = 0,
    Runtime = 1,
    State = 2,
    Cache = 4,
    Logs = 8,
    Configuration = 16,
    FdStore = 32,

    /// <summary>Without --what=.</summary>
    Default = Runtime | Cache,
    All = Runtime | State | Cache | Logs | Configuration | FdStore,
}

/// <summary>Cleaning: an inactive unit's directories go, in a process of its own; the unit shows as "maintenance" meanwhile. systemctl(1), clean.</summary>
public abstract partial class Unit
{
    private static readonly (CleanKinds Kind, Directive<ExecDirectory[]> Row)[] s_cleanable =
    [
        (CleanKinds.Runtime, ExecDirectives.RuntimeDirectory), (CleanKinds.State, ExecDirectives.StateDirectory), (CleanKinds.Cache, ExecDirectives.CacheDirectory),
        (CleanKinds.Logs, ExecDirectives.LogsDirectory), (CleanKinds.Configuration, ExecDirectives.ConfigurationDirectory),
    ];

    /// <summary>D-Bus CanClean: what it has that can be removed.</summary>
    public virtual CleanKinds CanClean
    {
        get
        {
            CleanKinds kinds = CleanKinds.None;
            if (!Type.Has(UnitCaps.HasExec)) { return kinds; }
            foreach ((CleanKinds kind, Directive<ExecDirectory[]> row) in s_cleanable) { kinds |= Get(row).Length > 0 ? kind : CleanKinds.None; }
            return kinds;
        }
    }

    /// <summary>The type leaves things behind that can be removed.</summary>
    protected virtual bool IsCleanable => Type.Has(UnitCaps.HasExec);

    /// <returns>None: under way, or done; EOPNOTSUPP: not this type; EBUSY: it is not inactive, or has a job; EUNATCH: nothing of the kind.</returns>
    public Errno Clean(CleanKinds wanted)
    {
        if (!IsCleanable) { return Errno.EOPNOTSUPP; }
        if (LoadState != UnitLoadState.Loaded) { return Errno.EUNATCH; }
        if (Job is not null || ActiveState != UnitActiveState.Inactive) { return Errno.EBUSY; }
        return CleanType(wanted);
    }

    /// <summary>The type's part; the unit is inactive and has no job.</summary>
    protected virtual Errno CleanType(CleanKinds wanted)
    {
        if (CleanPaths(wanted).Count == 0) { return Errno.EUNATCH; }
        Errno error = EnterCleaning();
        if (error.Failed) { return error; }
        _cleaning = wanted;
        QueueEffect(CleanEffect);
        return Errno.None;
    }

    /// <summary>The removal is to be started; the highest bit, of no type's own.</summary>
    protected const uint CleanEffect = 1u << 31;

    private CleanKinds _cleaning;

    /// <summary>Enters the state, with TimeoutCleanSec= as its limit; what follows runs as the unit's control process.</summary>
    protected virtual Errno EnterCleaning() => Errno.EOPNOTSUPP;

    /// <summary>The slot of the control process, for a type that can be cleaned.</summary>
    protected virtual ProcessSlot? CleaningSlot => null;

    /// <summary>The removal could not be started: the unit is inactive again.</summary>
    protected virtual void OnCleaningFailed() { }

    private void RunCleaning()
    {
        if (ActiveState != UnitActiveState.Maintenance || CleaningSlot is not { IsAlive: false } slot) { return; }
        Errno error = Manager.Exec.SpawnRemoval(this, slot, CleanPaths(_cleaning));
        if (!error.Failed) { return; }
        Log.Warning(this, $"Failed to start the removal: {error.ToString()}");
        OnCleaningFailed();
    }

    /// <summary>Links to them go with them; of DynamicUser= services, what the name is only a link to.</summary>
    private List<ByteText> CleanPaths(CleanKinds wanted)
    {
        var paths = new List<ByteText>();
        for (int i = 0; i < s_cleanable.Length; i++)
        {
            if ((wanted & s_cleanable[i].Kind) == 0) { continue; }
            string top = Manager.Exec.DirectoryBases[i].ToString();
            foreach (ExecDirectory directory in Get(s_cleanable[i].Row))
            {
                paths.Add(new ByteText($"{top}/{directory.Path.ToString()}"));
                if (s_cleanable[i].Kind != CleanKinds.Configuration) { paths.Add(new ByteText($"{top}/private/{directory.Path.ToString()}")); }
                if (!directory.Link.IsEmpty) { paths.Add(new ByteText($"{top}/{directory.Link.ToString()}")); }
            }
        }
        return paths;
    }
}
