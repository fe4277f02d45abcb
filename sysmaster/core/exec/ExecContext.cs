using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Core;

/// <summary>Starts processes for units, and clears away what was made for them when the unit is down.</summary>
public sealed class ExecContext(Manager manager)
{
    private readonly Dictionary<Unit, (ByteText Tmp, ByteText VarTmp)> _tmp = [];

    /// <summary>Where RuntimeDirectory= and its sisters lie, by kind.</summary>
    public ByteText[] DirectoryBases { get; } = BasesOf(manager.Options);

    private static ByteText[] BasesOf(ManagerOptions o) => o.IsSystem
        ? ["/run"u8, "/var/lib"u8, "/var/cache"u8, "/var/log"u8, "/etc"u8]
        : [new(o.RuntimeDirectory), new(o.StateHome), new(o.CacheHome), new($"{o.StateHome}/log"), new(o.ConfigHome)];

    public Errno Spawn(SpawnContext spawn)
    {
        Unit unit = spawn.Unit;
        string below = spawn.IsControl && unit.IsDelegated ? "/.control" : "";
        Result<OwnedFd> cgroup = manager.Cgroups.Open(unit, below);
        if (cgroup.Failed && manager.Cgroups.IsUsable)
        {
            Log.Warning(unit, $"Failed to create control group: {cgroup.Error.ToString()}");
            return cgroup.Error;
        }
        using OwnedFd? group = cgroup.Failed ? null : cgroup.Value;
        ExecRequest request = ExecBuilder.Build(manager, spawn);
        if (unit.IsDelegated && !request.User.IsEmpty) { request.DelegatedCgroups = [new ByteText(manager.Cgroups.DirectoryOf(unit))]; }
        request.CgroupPaths = manager.Cgroups.FurtherPlaces(unit, below);
        RuntimeLinks.Write(manager, unit);
        return manager.Spawn(spawn.Slot, request, group?.Fd ?? Fd.None, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(spawn.Fds));
    }

    /// <summary>PrivateTmp=: one pair of directories for all processes of one activation. Made here since their removal is ours.</summary>
    public (ByteText Tmp, ByteText VarTmp)? PrivateTmpOf(Unit unit)
    {
        if (_tmp.TryGetValue(unit, out (ByteText, ByteText) made)) { return made; }
        string stem = $"systemd-private-{manager.Facts.BootId}-{unit.Id.Text.Replace('/', '-')}-";
        ByteText? tmp = PrivateDirectory.Make("/tmp", stem), varTmp = PrivateDirectory.Make("/var/tmp", stem);
        if (tmp is not { } a || varTmp is not { } b) { return null; }
        _tmp[unit] = (a, b);
        return (a, b);
    }

    /// <summary>The unit is down: runtime directories, credentials and private /tmp go, unless they are to stay.</summary>
    /// <param name="unit">Which.</param>
    /// <param name="restarts">It will be started again at once.</param>
    public void Cleanup(Unit unit, bool restarts)
    {
        manager.Cgroups.Release(unit);
        ExecPreserveMode preserve = unit.Get(ExecDirectives.RuntimeDirectoryPreserve);
        if (preserve == ExecPreserveMode.No || (preserve == ExecPreserveMode.Restart && !restarts))
        {
            foreach (Directives.ExecDirectory directory in unit.Get(ExecDirectives.RuntimeDirectory))
            {
                manager.Helpers.RemoveTree(unit, new ByteText($"{DirectoryBases[0].ToString()}/{directory.Path.ToString()}"));
            }
        }
        if (_tmp.Remove(unit, out (ByteText Tmp, ByteText VarTmp) tmp))
        {
            manager.Helpers.RemoveTree(unit, Parent(tmp.Tmp));
            manager.Helpers.RemoveTree(unit, Parent(tmp.VarTmp));
        }
        if (unit.Settings.IsSet(ExecDirectives.LoadCredential) || unit.Settings.IsSet(ExecDirectives.SetCredential))
        {
            manager.Helpers.RemoveCredentials(unit, new ByteText($"{manager.Options.RuntimeDirectory}/credentials/{unit.Id}"));
        }
        RuntimeLinks.Remove(manager, unit);
    }

    private static ByteText Parent(ByteText path) => new(path.Span[..Math.Max(path.Span.LastIndexOf((byte)'/'), 1)]);
}
