using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;
using SysMaster.Spawn.Init;

namespace SysMaster.Core;

/// <summary>
/// Processes: starting them through the executor in two phases (context; PID recorded; go), and their ends as init reports them.
/// A zombie is reaped only after the batch that tells of its end was committed.
/// </summary>
public sealed partial class Manager : IExecutorObserver
{
    private const int SIGKILL = 9;

    private readonly Dictionary<uint, ProcessSlot> _tickets = [];
    private readonly Dictionary<int, List<Unit>> _watched = [];
    private readonly List<int> _toReap = [];
    private readonly List<uint> _toGo = [];

    /// <summary>The processes of a unit that are not known to have executed.</summary>
    internal List<ProcessSlot> InFlightOf(Unit unit)
    {
        if (_tickets.Count == 0 && Doubted.Count == 0) { return s_noSlots; }
        List<ProcessSlot>? found = null;
        foreach (ProcessSlot slot in _tickets.Values) { if (slot.Unit == unit) { (found ??= []).Add(slot); } }
        foreach (ProcessSlot slot in Doubted.Slots) { if (slot.Unit == unit) { (found ??= []).Add(slot); } }
        return found ?? s_noSlots;
    }

    private static readonly List<ProcessSlot> s_noSlots = [];

    private DoubtedProcesses Doubted => _doubted ??= new DoubtedProcesses(this);

    private DoubtedProcesses? _doubted;

    /// <summary>Wakes the loop when a Type=idle process has waited long enough: the end of the turn lets it go.</summary>
    private Events.Deadline? _idleEnd;

    public ExecutorLink? Executor { get; internal set; }

    public InitLink? Init { get; internal set; }

    /// <summary>Starts <paramref name="request"/> for the slot. What follows comes as calls on its unit.</summary>
    public Errno Spawn(ProcessSlot slot, ExecRequest request, Fd cgroup, ReadOnlySpan<int> descriptors)
    {
        Result<uint> ticket = Executor is null ? Errno.EPIPE : Executor.Spawn(request, cgroup, descriptors);
        // init hands over another after each that was lost: it is asked as soon as it is there.
        if (ticket.Failed && Init is not null && (ticket.Error == Errno.EPIPE || ticket.Error == Errno.ECONNRESET)) { ticket = NumberForLater(); }
        if (ticket.Failed) { return ticket.Error; }
        slot.Ticket = ticket.Value;
        slot.Effect = slot.Unit.CurrentEffect;
        slot.Phase = ProcessPhase.Spawning;
        slot.Program = request.Path;
        slot.Run = new ExecRun { Start = DualTimestamp.Now() };
        _tickets[ticket.Value] = slot;
        return Errno.None;
    }

    private uint NumberForLater()
    {
        uint number = 1;
        while (_tickets.ContainsKey(number)) { number++; }
        return number;
    }

    /// <summary>Gives up a process that has no PID yet.</summary>
    public void CancelSpawn(ProcessSlot slot)
    {
        if (slot.Phase != ProcessPhase.Spawning) { return; }
        _tickets.Remove(slot.Ticket);
        Executor?.Cancel(slot.Ticket);
        slot.Clear();
    }

    void IExecutorObserver.OnStarted(uint ticket, int pid)
    {
        if (!_tickets.TryGetValue(ticket, out ProcessSlot? slot)) { return; }
        slot.Pid = pid;
        slot.StartTime = ProcStat.StartTime(pid);
        slot.Phase = ProcessPhase.Waiting;
        if (slot.Run is { } run) { run.Pid = pid; }
        WatchPid(slot.Unit, pid);
        slot.Unit.MarkDirty();
        _toGo.Add(ticket);
        slot.Unit.OnProcessSpawned(slot);
    }

    void IExecutorObserver.OnExecuted(uint ticket)
    {
        if (!_tickets.Remove(ticket, out ProcessSlot? slot)) { return; }
        slot.Phase = ProcessPhase.Executed;
        slot.Unit.MarkDirty();
        slot.Unit.OnProcessExecuted(slot);
    }

    void IExecutorObserver.OnFailed(uint ticket, ExecFailure failure)
    {
        if (!_tickets.Remove(ticket, out ProcessSlot? slot)) { return; }
        if (failure.Kind == ExecFailureKind.Step)
        {
            var detail = new LogContext(slot.Unit) { Error = failure.Error };
            // A program that is not there is told below once more, as the step that failed; with "-" this is all.
            Log.Write(failure.Status is ExecStatus.Exec or ExecStatus.Success ? LogLevel.Info : LogLevel.Error, detail, $"{failure.Step.ToString()}: {failure.Error.ToString()}");
            if (failure.Status == ExecStatus.Success) { return; }
            string step = SysMaster.UnitFiles.ExitStatusText.Names.WordOrNull((int)failure.Status) ?? failure.Step.ToString();
            var context = new LogContext(slot.Unit) { MessageId = MessageIds.SpawnFailed, Error = failure.Error };
            Log.Write(LogLevel.Error, context, $"Failed at step {step} spawning {slot.Program.ToString()}: {failure.Error.ToString()}");
        }
        // A process was made: its exit, with the status that names the step, is what ends it.
        if (failure.Kind != ExecFailureKind.Refused) { return; }
        slot.Clear();
        Log.Warning(slot.Unit, $"Failed to spawn: {failure.Error.ToString()}");
        slot.Unit.OnSpawnFailed(slot, failure.Error);
    }

    void IExecutorObserver.OnExecutorLost(Errno error)
    {
        if (error.Failed)
        {
            Log.Warning($"The executor's socket cannot be read: {error.ToString()}. init is asked for a new one.");
            _ = Init?.RenewExecutor();
        }
        else { Log.Warning($"The executor is gone; init starts a new one."); }
        DoubtWaiting();
        Executor?.Dispose();
        Executor = null;
    }

    /// <summary>Children that wait for their go lose their socket with the executor's, and may have ended before there is another one.</summary>
    private void DoubtWaiting()
    {
        foreach ((uint ticket, ProcessSlot slot) in _tickets.ToArray())
        {
            if (slot.Phase != ProcessPhase.Waiting) { continue; }
            _tickets.Remove(ticket);
            Doubted.Add(slot);
        }
    }

    /// <summary>
    /// With a new executor: what the lost one had in hand. A child that waits for its word ends by itself, without having run; one that was let go
    /// runs, and should its execve fail, its exit says so.
    /// </summary>
    private void AskAgain()
    {
        foreach ((uint ticket, ProcessSlot slot) in _tickets.ToArray())
        {
            _tickets.Remove(ticket);
            switch (slot.Phase)
            {
                case ProcessPhase.Spawning:
                    slot.Clear();
                    slot.Unit.OnNeverRan(slot);
                    break;
                case ProcessPhase.Waiting:
                    Doubted.Add(slot);
                    break;
                default:
                    slot.Phase = ProcessPhase.Executed;
                    slot.Unit.MarkDirty();
                    slot.Unit.OnProcessExecuted(slot);
                    break;
            }
        }
    }

    /// <summary>Exits of this PID are told to the unit (several units may watch one).</summary>
    public void WatchPid(Unit unit, int pid)
    {
        if (!_watched.TryGetValue(pid, out List<Unit>? units)) { _watched[pid] = units = new List<Unit>(1); }
        if (!units.Contains(unit)) { units.Add(unit); }
    }

    public void UnwatchPid(Unit unit, int pid)
    {
        if (_watched.TryGetValue(pid, out List<Unit>? units) && units.Remove(unit) && units.Count == 0) { _watched.Remove(pid); }
    }

    public bool IsWatched(int pid) => _watched.ContainsKey(pid);

    private readonly List<(int Pid, ChildExit Exit)> _early = [];

    /// <summary>init saw it end; it is a zombie until the next commit.</summary>
    internal void OnExited(int pid, ChildExit exit)
    {
        if (_watched.ContainsKey(pid) || !IsAwaitingPid)
        {
            TellExit(pid, exit);
            return;
        }
        // It may be a child that failed before its executor got to say its PID: nobody would know whose end this was.
        _early.Add((pid, exit));
    }

    private bool IsAwaitingPid
    {
        get
        {
            foreach (ProcessSlot slot in _tickets.Values) { if (slot.Pid == 0) { return true; } }
            return false;
        }
    }

    private void DeliverEarlyExits()
    {
        for (int i = 0; i < _early.Count; i++)
        {
            (int pid, ChildExit exit) = _early[i];
            if (!_watched.ContainsKey(pid) && IsAwaitingPid) { continue; }
            _early.RemoveAt(i--);
            TellExit(pid, exit);
        }
    }

    private void TellExit(int pid, ChildExit exit)
    {
        bool neverRan = Doubted.Remove(pid, out ProcessSlot? slot) && exit.Code == LibC.CLD_EXITED && exit.Status == ExecProtocol.NeverRan;
        List<Unit> told = _watched.Remove(pid, out List<Unit>? units) ? units : [];
        if (neverRan && slot!.Pid == pid)
        {
            slot.Clear();
            slot.Unit.OnNeverRan(slot);
            _toReap.Add(pid);
            return;
        }
        // The kernel need not be asked whose it is where somebody is told anyway and groups say by themselves that they are empty.
        if ((told.Count == 0 || !Cgroups.IsTrackedInV2) && UnitOfPid(pid) is { } owner && !told.Contains(owner)) { told.Add(owner); }
        History.Cause = new Cause(exit.Code == LibC.CLD_EXITED ? CauseKind.Exited : CauseKind.Killed, pid, exit.Status);
        bool mayBeOutOfMemory = exit is { Code: LibC.CLD_KILLED, Status: SIGKILL };
        foreach (Unit unit in told)
        {
            if (mayBeOutOfMemory) { Cgroups.CheckOutOfMemory(unit); }   // the group's own notice may come after this one
            unit.OnChildExited(pid, exit);
            if (Cgroups.IsLegacy) { QueueCgroupEmpty(unit); }
        }
        History.Cause = default;
        Helpers.OnExited(pid, exit);
        _toReap.Add(pid);
    }

    /// <summary>After the commit: what is recorded as heard is taken, those recorded may run, those recorded as gone may go.</summary>
    private void ReleaseProcesses()
    {
        _notify?.TakeHeard();
        TakeSignal();
        Usec wait = Usec.Infinity;
        int kept = 0;
        foreach (uint ticket in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_toGo))
        {
            if (!_tickets.TryGetValue(ticket, out ProcessSlot? slot) || slot.Phase != ProcessPhase.Waiting) { continue; }
            if (slot.IdleUntil > Usec.Zero && Jobs.Count > 0 && Loop.Now < slot.IdleUntil)
            {
                _toGo[kept++] = ticket;
                wait = slot.IdleUntil < wait ? slot.IdleUntil : wait;
                continue;
            }
            slot.Phase = ProcessPhase.Going;
            Errno error = Executor?.Go(ticket) ?? Errno.EPIPE;
            if (error == Errno.EPIPE || error == Errno.ECONNRESET || error == Errno.ESRCH) { Log.Debug(slot.Unit, $"Process {slot.Pid} ended before it was let go: {error.ToString()}"); }
            else if (error.Failed)
            {
                // It waits, and would for good.
                Log.Warning(slot.Unit, $"Process {slot.Pid} could not be let go, killing it: {error.ToString()}");
                _ = LibC.kill(slot.Pid, SIGKILL);
            }
        }
        _toGo.RemoveRange(kept, _toGo.Count - kept);
        if (!wait.IsInfinity) { (_idleEnd ??= new Events.Deadline(Monotonic, new IdleEnd())).ArmAt(wait); }
        foreach (int pid in _toReap) { _ = Init?.Reap(pid); }
        _toReap.Clear();
    }

    private sealed class IdleEnd : Events.IDeadlineObserver
    {
        public void OnElapsed(Events.Deadline timer) { }
    }

    /// <summary>The unit whose control group the process is in; null for none or init's own.</summary>
    public Unit? UnitOfPid(int pid) => Cgroups.UnitOfPid(pid);
}
