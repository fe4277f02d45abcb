using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Core;

/// <summary>Starts processes for units, and clears away what was made for them when the unit is down.</summary>
public sealed class ExecContext(Manager manager)
{
    /// <summary>Where RuntimeDirectory= and its sisters lie, by kind.</summary>
    public ByteText[] DirectoryBases { get; } = BasesOf(manager.Options);

    /// <summary>Private /tmp, networks and IPC of units that are up.</summary>
    internal SharedRuntimes Shared { get; } = new(manager);

    private static ByteText[] BasesOf(ManagerOptions o) => o.IsSystem
        ? ["/run"u8, "/var/lib"u8, "/var/cache"u8, "/var/log"u8, "/etc"u8]
        : [new(o.RuntimeDirectory), new(o.StateHome), new(o.CacheHome), new($"{o.StateHome}/log"), new(o.ConfigHome)];

    /// <summary>Type=idle: longer than this nobody waits for the end of the jobs. systemd.service(5).</summary>
    private static readonly Usec IdleLimit = Usec.FromSec(5);

    public Errno Spawn(SpawnContext spawn)
    {
        Unit unit = spawn.Unit;
        string below = SubgroupOf(spawn);
        Result<OwnedFd> cgroup = manager.Cgroups.Open(unit, below);
        if (cgroup.Failed && manager.Cgroups.IsUsable)
        {
            Log.Warning(unit, $"Failed to create control group: {cgroup.Error.ToString()}");
            return cgroup.Error;
        }
        using OwnedFd? group = cgroup.Failed ? null : cgroup.Value;
        Errno taken = TakeUsers(unit);
        if (taken.Failed) { return taken; }
        Result<ExecRequest> built = ExecBuilder.Build(manager, spawn);
        if (built.Failed) { return built.Error; }
        ExecRequest request = built.Value;
        if (unit.IsDelegated && !request.User.IsEmpty)
        {
            string whole = manager.Cgroups.DirectoryOf(unit);
            request.DelegatedCgroups = [new ByteText(whole)];
            if (below.Length > 0) { request.DelegatedSubgroup = new ByteText(whole + below); }
        }
        request.CgroupPaths = manager.Cgroups.FurtherPlaces(unit, below);
        RuntimeLinks.Write(manager, unit);
        spawn.Slot.IdleUntil = spawn.IsIdle ? manager.Loop.Now + IdleLimit : Usec.Zero;
        return manager.Spawn(spawn.Slot, request, group?.Fd ?? Fd.None, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(spawn.Fds));
    }

    /// <summary>
    /// The group below the unit's own that a process is to be in: where the owner of a delegated group puts groups below it, or the unit has it put into one,
    /// nobody may be in it itself.
    /// </summary>
    private static string SubgroupOf(SpawnContext spawn)
    {
        if (!spawn.Unit.IsDelegated) { return ""; }
        ByteText subgroup = spawn.Unit.Get(CgroupDirectives.DelegateSubgroup);
        if (spawn.FollowsMain || (spawn.IsControl && !subgroup.IsEmpty)) { return "/.control"; }
        return subgroup.IsEmpty ? "" : $"/{subgroup}";
    }

    /// <summary>Removes directories in the unit's name: as root, in its group, with nothing of its settings.</summary>
    public Errno SpawnRemoval(Unit unit, ProcessSlot slot, List<ByteText> paths)
    {
        Result<OwnedFd> cgroup = manager.Cgroups.Open(unit);
        if (cgroup.Failed && manager.Cgroups.IsUsable) { return cgroup.Error; }
        using OwnedFd? group = cgroup.Failed ? null : cgroup.Value;
        var request = new ExecRequest
        {
            Unit = new ByteText(unit.Id.Text),
            Path = "/bin/rm"u8,
            Argv = ["rm"u8, "-rf"u8, "--one-file-system"u8, "--"u8, .. paths],
            Environment = [.. manager.BaseEnvironment],
            Flags = ExecFlags.None,
            OomScoreAdjust = 0,
            Stdout = new ExecStream(ExecStreamKind.Null),
            Stderr = new ExecStream(ExecStreamKind.Journal),
        };
        if (group is not null) { request.CgroupPaths = [new ByteText(manager.Cgroups.DirectoryOf(unit))]; }
        return manager.Spawn(slot, request, group?.Fd ?? Fd.None, []);
    }

    /// <summary>DynamicUser=: numbers for the user and, if it is called otherwise, the group. A name that the system has is that user.</summary>
    private Errno TakeUsers(Unit unit)
    {
        if (!unit.Get(ExecDirectives.DynamicUser) || unit.Runtime?.User is not null || !manager.IsSystem) { return Errno.None; }
        ByteText user = unit.Get(ExecDirectives.User), group = unit.Get(ExecDirectives.Group);
        if (AccountFiles.HasUser(user)) { return Errno.None; }
        Result<DynamicUser> taken = manager.DynamicUsers.Acquire(user);
        if (taken.Failed) { return taken.Error; }
        unit.Runtime ??= new ExecRuntime();
        unit.Runtime.User = taken.Value;
        unit.MarkDirty();
        if (group == user || AccountFiles.HasGroup(group)) { return Errno.None; }
        taken = manager.DynamicUsers.Acquire(group);
        if (taken.Failed) { return taken.Error; }
        unit.Runtime.Group = taken.Value;
        return Errno.None;
    }

    /// <summary>Unless another unit that runs has the same user.</summary>
    private void RemoveIpc(Unit unit)
    {
        ByteText user = unit.Get(ExecDirectives.User);
        if (!manager.IsSystem || user.IsEmpty) { return; }
        foreach (Unit other in manager.Units)
        {
            if (other != unit && !other.ActiveState.IsInactiveOrFailed() && other.Settings.IsSet(ExecDirectives.User) && other.Get(ExecDirectives.User) == user) { return; }
        }
        if ((unit.Runtime?.User?.Id ?? AccountFiles.UserId(user)) is { } uid) { IpcObjects.RemoveOf(uid); }
    }

    private void DropRuntime(Unit unit)
    {
        if (unit.Runtime is not { } runtime) { return; }
        if (runtime.Shared is { } shared) { Shared.Leave(unit, shared); }
        if (runtime.User is { } user) { manager.DynamicUsers.Release(user); }
        if (runtime.Group is { } group) { manager.DynamicUsers.Release(group); }
        unit.Runtime = null;
        unit.MarkDirty();
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
                if (!directory.Link.IsEmpty) { _ = Sys.Unlink(new ByteText($"{DirectoryBases[0].ToString()}/{directory.Link.ToString()}")); }
            }
        }
        if (unit.Get(ExecDirectives.RemoveIPC)) { RemoveIpc(unit); }
        DropRuntime(unit);
        if (!restarts) { unit.ClearActivation(); }
        if (ExecBuilder.HasCredentials(unit))
        {
            manager.Helpers.RemoveCredentials(unit, new ByteText($"{manager.Options.RuntimeDirectory}/credentials/{unit.Id}"));
        }
        RuntimeLinks.Remove(manager, unit);
    }
}
