using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>Into the unit's cgroups where the kernel has not put us at birth, and their delegation. cgroups(7).</summary>
internal static unsafe class CgroupPlace
{
    private static readonly byte[][] s_delegated =
    [
        [.. "/cgroup.procs"u8], [.. "/cgroup.subtree_control"u8], [.. "/cgroup.threads"u8], [.. "/memory.oom.group"u8], [.. "/memory.reclaim"u8], [.. "/tasks"u8],
    ];

    public static void Enter(Setup s)
    {
        if (s.CgroupFd >= 0)
        {
            Result<OwnedFd> procs = Sys.Open(new ByteText("cgroup.procs"u8), LibC.O_WRONLY, 0, s.CgroupFd);
            Errno error = procs.Failed ? procs.Error : Sys.WriteAll(procs.Value.Fd, "0"u8);
            if (error.Failed) { Report.Fail(ExecStatus.Cgroup, error, "Failed to attach to the cgroup"u8); }
            procs.Value.Dispose();
        }
        // A controller that refuses us (a v1 cpuset without CPUs) limits less, and is no reason not to run.
        foreach (ByteText path in s.Request.CgroupPaths) { _ = Sys.WriteFile(Paths.Join(path, "cgroup.procs"u8), "0"u8); }
    }

    /// <summary>The user may make children and move processes below, nothing else: the limits stay ours.</summary>
    public static void Delegate(Setup s)
    {
        if (s.Uid == ExecRequest.NoId || !s.ChangeUser) { return; }
        foreach (ByteText path in s.Request.DelegatedCgroups)
        {
            Errno error = Paths.Chown(path, s.Uid, s.Gid);
            if (error.Failed) { Report.Fail(ExecStatus.Cgroup, error, "Failed to adjust control group access"u8, path); }
            foreach (byte[] file in s_delegated)
            {
                error = Paths.Chown(Paths.Concat(path, file), s.Uid, s.Gid);
                if (error.Failed && error != Errno.ENOENT) { Report.Fail(ExecStatus.Cgroup, error, "Failed to adjust control group access"u8, path); }
            }
        }
        if (!s.Request.DelegatedSubgroup.IsEmpty) { GiveWhole(s.Request.DelegatedSubgroup, s.Uid, s.Gid); }
    }

    private static void GiveWhole(ByteText path, uint uid, uint gid)
    {
        Result<OwnedFd> group = Sys.Open(path, LibC.O_RDONLY | LibC.O_DIRECTORY);
        Errno error = group.Failed ? group.Error : Directories.ChownTree(group.Value.Fd.Value, uid, gid);
        if (error.Failed) { Report.Fail(ExecStatus.Cgroup, error, "Failed to adjust control group access"u8, path); }
        group.Value.Dispose();
    }

    /// <summary>
    /// MemoryPressureWatch=: the user may write what it waits for into the group's file. Where that fails the program is told nothing of it.
    /// systemd.resource-control(5).
    /// </summary>
    public static void LetWatchPressure(Setup s)
    {
        ByteText path = s.Request.MemoryPressurePath;
        if (path.IsEmpty) { return; }
        if (s.Request.MemoryPressureThreshold == 0)   // "/dev/null" is named, not given away
        {
            s.WatchesPressure = true;
            return;
        }
        bool changesUser = s.Uid != ExecRequest.NoId && s.ChangeUser;
        s.WatchesPressure = changesUser ? !Paths.Chown(path, s.Uid, s.Gid).Failed : !Sys.Access(path, 0).Failed;
    }
}
