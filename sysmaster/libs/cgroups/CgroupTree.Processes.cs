using System.Buffers.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Cgroups;

/// <summary>The processes of a group: listing, killing, freezing.</summary>
public sealed partial class CgroupTree
{
    private const int SIGKILL = 9;
    private const int SIGCONT = 18;

    /// <summary>As many times a pass over a group finds new processes before we say that it forks faster than it dies.</summary>
    private const int MaxPasses = 64;

    /// <summary>Adds the processes of the group, and with <paramref name="recursive"/> of all below. Those of another PID namespace show as 0 and are left out.</summary>
    /// <returns>ENOENT when the group is gone; what was read stays in the list.</returns>
    public Errno Pids(ByteText group, List<int> pids, bool recursive = true)
    {
        Errno e = ReadPids(PathOf(group, "cgroup.procs"u8), pids);
        if (e.Failed || !recursive) { return e; }
        var children = new List<ByteText>();
        e = Children(group, children);
        foreach (ByteText child in children)
        {
            Errno below = Pids(CgroupPath.Child(group, child.Span), pids);
            if (below.Failed && below != Errno.ENOENT) { e = below; }   // a group that goes away meanwhile is none of ours
        }
        return e;
    }

    /// <summary>Does any process live in the group or below?</summary>
    /// <returns>ENOENT when the group is gone.</returns>
    public Result<bool> IsPopulated(ByteText group)
    {
        if (Layout.Mode is CgroupMode.Unified or CgroupMode.Hybrid && group != CgroupPath.Top)
        {
            Result<CgroupEvents> events = Events(group);
            return events.Failed ? events.Error : events.Value.Populated;
        }
        var pids = new List<int>();
        Errno e = Pids(group, pids);
        return e.Failed ? e : pids.Count > 0;
    }

    /// <summary>cgroup.events: not of the top, and not in legacy mode (ENOENT).</summary>
    public Result<CgroupEvents> Events(ByteText group)
    {
        Result<byte[]> text = Sys.ReadFile(PathOf(group, "cgroup.events"u8));
        return text.Failed ? text.Error : CgroupEvents.Parse(text.Value);
    }

    /// <summary>
    /// Signals every process of the group and below, again and again until a pass finds none that has not had it: what forks meanwhile is caught too. SIGKILL
    /// without exceptions is one write to cgroup.kill where the kernel has it (5.14), which no fork escapes.
    /// </summary>
    /// <param name="group">Whose processes.</param>
    /// <param name="signal">Its number.</param>
    /// <param name="except">Processes to spare; null for none. The caller itself is always spared.</param>
    /// <param name="thenContinue">SIGCONT after it, so that stopped processes see it.</param>
    /// <param name="killed">Receives who was signalled; null if nobody asks (and with cgroup.kill nobody can tell).</param>
    /// <returns>ENOENT when the group is gone; EPERM when a process could not be signalled.</returns>
    public Errno Kill(ByteText group, int signal, HashSet<int>? except = null, bool thenContinue = false, List<int>? killed = null)
    {
        if (signal == SIGKILL && killed is null && (except is null || except.Count == 0) && Layout.Mode is CgroupMode.Unified or CgroupMode.Hybrid && group != CgroupPath.Top)
        {
            Errno direct = Sys.WriteFile(PathOf(group, "cgroup.kill"u8), "1"u8);
            if (!direct.Failed) { return direct; }
        }
        if (signal == SIGKILL) { ThawForKill(group); }
        return KillEach(group, signal, except, thenContinue, killed);
    }

    /// <summary>Stops, or lets run, all processes of a group and below. It takes a moment: cgroup.events tells when (v1: reading freezer.state).</summary>
    /// <returns>EOPNOTSUPP where neither cgroup.freeze (Linux 5.2) nor a v1 freezer is there.</returns>
    public Errno SetFrozen(ByteText group, bool frozen)
    {
        if (Layout.Mode is CgroupMode.Unified or CgroupMode.Hybrid)
        {
            Errno e = Sys.WriteFile(PathOf(group, "cgroup.freeze"u8), frozen ? "1"u8 : "0"u8);
            if (e != Errno.ENOENT || !Exists(group)) { return e; }
        }
        CgroupHierarchy? freezer = Layout.V1OrNull(CgroupControllers.Freezer);
        if (freezer is null || !Sys.Exists(Join(freezer.Mount, group))) { return Errno.EOPNOTSUPP; }
        return Sys.WriteFile(Join(freezer.Mount, group, "freezer.state"u8), frozen ? "FROZEN"u8 : "THAWED"u8);
    }

    /// <summary>May groups be frozen here?</summary>
    public bool CanFreeze(ByteText group) => Sys.Exists(PathOf(group, "cgroup.freeze"u8)) || Layout.V1OrNull(CgroupControllers.Freezer) is not null;

    private static Errno ReadPids(ByteText file, List<int> pids)
    {
        Result<byte[]> text = Sys.ReadFile(file, 64 << 20);
        if (text.Failed) { return text.Error == Errno.ENODEV ? Errno.ENOENT : text.Error; }   // ENODEV: removed while open
        ReadOnlySpan<byte> rest = text.Value;
        while (Utf8Parser.TryParse(rest, out int pid, out int used))
        {
            if (pid > 0) { pids.Add(pid); }
            rest = used < rest.Length ? rest[(used + 1)..] : default;
        }
        return Errno.None;
    }

    private Errno KillEach(ByteText group, int signal, HashSet<int>? except, bool thenContinue, List<int>? killed)
    {
        int self = LibC.getpid();
        var done = new HashSet<int>();
        var pids = new List<int>();
        Errno result = Errno.None;
        for (int pass = 0; pass < MaxPasses; pass++)
        {
            pids.Clear();
            Errno e = Pids(group, pids);
            if (e.Failed) { return e; }
            bool any = false;
            foreach (int pid in pids)
            {
                if (pid == self || except?.Contains(pid) == true || !done.Add(pid)) { continue; }
                if (LibC.kill(pid, signal) < 0)
                {
                    if (Errno.Last != Errno.ESRCH) { result = Errno.Last; }
                    continue;
                }
                any = true;
                killed?.Add(pid);
                if (thenContinue && signal is not (SIGKILL or SIGCONT)) { _ = LibC.kill(pid, SIGCONT); }
            }
            if (!any) { return result; }
        }
        return result;
    }

    /// <summary>A frozen v1 group does not die until it is thawed; v2's does.</summary>
    private void ThawForKill(ByteText group)
    {
        if (Layout.Mode == CgroupMode.Unified || Layout.V1OrNull(CgroupControllers.Freezer) is not { } freezer) { return; }
        ByteText state = Join(freezer.Mount, group, "freezer.state"u8);
        Result<byte[]> have = Sys.ReadFile(state);
        if (!have.Failed && !have.Value.AsSpan().StartsWith("THAWED"u8)) { _ = Sys.WriteFile(state, "THAWED"u8); }
    }
}
