using System.Text;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// The savepoint: what is written at the end of each turn, and what is read back by the next manager, be it after a crash, a
/// daemon-reexec or an upgrade. Replay makes the units and jobs of the log, then each unit compares itself with the kernel.
/// </summary>
public sealed partial class Manager : IRecordObserver
{
    private readonly List<(JobType Type, JobState State, uint Id, bool Irreversible, bool IgnoreOrder, UnitName Unit, ulong Queued, ulong Running, bool Clients, string? Actor)> _readJobs = [];
    private bool _managerDirty;

    public SavepointLog? Savepoint { get; internal set; }

    /// <summary>What the units' states were, and why they changed.</summary>
    public UnitHistory History => _history ??= new UnitHistory(this);

    private UnitHistory? _history;

    /// <summary>What happens between two commits, for the next manager; null where nobody keeps it.</summary>
    public Ledger? Ledger { get; set; }

    /// <summary>Whose records are not units', jobs' or the manager's.</summary>
    public IForeignRecords? ForeignRecords { get; set; }

    private bool _compactionFailed;
    private bool _objectiveIsOld;
    private Objective _readObjective;

    /// <summary>Records are being read back: changes of state are not news.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>Something of the manager itself changed that a successor must know.</summary>
    internal void MarkManagerDirty() => _managerDirty = true;

    private void CommitRecords()
    {
        if (Savepoint is not { } log)
        {
            foreach (Unit unit in _dirty) { unit.Flags &= ~UnitFlags.Dirty; }
            _dirty.Clear();
            SendDrops();
            ReleaseProcesses();
            return;
        }
        Span<byte> key = stackalloc byte[300];
        foreach (Unit unit in _dirty)
        {
            unit.Flags &= ~UnitFlags.Dirty;
            if ((unit.Flags & UnitFlags.Removed) != 0) { continue; }
            int n = Encoding.ASCII.GetBytes(unit.Id.Text, key);
            using (RecordWriter to = log.Stage(RecordKinds.Unit, key[..n])) { unit.Write(to); }
            StageJob(log, unit, key, n);
        }
        _dirty.Clear();
        if (_managerDirty)
        {
            _managerDirty = false;
            using (RecordWriter to = log.Stage(RecordKinds.Manager, "manager"u8)) { WriteManager(to); }
            if (Schema.Number > 1)
            {
                using RecordWriter later = log.Stage(RecordKinds.OfLaterSchema, "later"u8);
                later.Write(1, Schema.Number);
            }
        }
        StagePast(log);
        History.Stage(log);
        foreach (IManagerObserver observer in Observers) { observer.OnCommit(log); }
        if (log.HasStaged)
        {
            Errno error = log.Commit();
            if (error.Failed)
            {
                Log.Error($"The state log took no record: {error.ToString()}. A restart of the manager would now lose what changed since.");
                log.Discard();
                if (Ledger is { } ledger) { ledger.LogIsBehind = true; }
            }
        }
        SendDrops();
        ReleaseProcesses();
    }

    /// <summary>A slice a turn, and on through turns that have nothing else to do, until superseded records no longer fill the log.</summary>
    private void CompactRecords()
    {
        if (_doubtsAreSettled && Savepoint is { } holed)
        {
            _doubtsAreSettled = false;
            Errno error = holed.Compact();
            if (error.Failed) { Log.Warning($"The damaged state log could not be compacted: {error.ToString()}."); }
        }
        if (Savepoint is not { NeedsCompaction: true } log) { return; }
        Result<bool> more = log.CompactSlice();
        if (more.Failed != _compactionFailed && more.Failed) { Log.Warning($"The state log could not be compacted: {more.Error.ToString()}. It is tried again when more is written."); }
        _compactionFailed = more.Failed;
    }

    private void RemoveRecord(Unit unit)
    {
        if (Savepoint is not { } log) { return; }
        byte[] key = Encoding.ASCII.GetBytes(unit.Id.Text);
        log.StageRemoval(RecordKinds.Unit, key);
        if (unit.JobIsRecorded) { log.StageRemoval(RecordKinds.Job, key); }
    }

    private static void StageJob(SavepointLog log, Unit unit, ReadOnlySpan<byte> key, int length)
    {
        if (unit.Job is not { } job)
        {
            if (unit.JobIsRecorded) { log.StageRemoval(RecordKinds.Job, key[..length]); }
            unit.JobIsRecorded = false;
            return;
        }
        unit.JobIsRecorded = true;
        using RecordWriter to = log.Stage(RecordKinds.Job, key[..length]);
        to.Write(1, (uint)job.Type);
        to.Write(2, (uint)job.State);
        to.Write(3, job.Id);
        to.Write(4, job.Irreversible);
        to.Write(5, job.IgnoreOrder);
        to.Write(6, job.QueuedAt);
        to.Write(7, job.RunningSince);
        to.Write(8, job.HasClients);
        if (job.Actor is { } actor) { to.Write(9, actor); }
    }

    private void WriteManager(RecordWriter to)
    {
        to.Write(1, _jobIdLimit);
        to.Write(2, StartupIsFinished);
        foreach (ByteText variable in ClientEnvironment) { to.Write(4, variable); }
        to.Write(5, JobsInstalled);
        to.Write(6, JobsFailed);
        to.Write(7, Phase == BootPhase.Done);
        to.Write(11, (uint)Phase);
        // A machine on its way down goes on with it; a way that could not be taken is not tried again.
        if (Objective is not (Objective.None or Objective.Reexec) && !_objectiveIsOld && Phase != BootPhase.Prepare)
        {
            to.Write(8, (uint)Objective);
            to.Write(9, ObjectiveArgument ?? "");
        }
        if (ExecutorFile.Length > 0) { to.Write(12, ExecutorFile); }
        foreach (ByteText variable in BaseEnvironment) { to.Write(10, variable); }   // the generators' share is in no file
        if (_lastSignal != 0) { to.Write(13, _lastSignal); }
        Choices.Write(to);   // 3 and 14 to 18
        if (ExitCode != 0) { to.Write(19, (uint)ExitCode); }
        if (IsReloading) { to.Write(20, true); }
        if (LogWasLost) { to.Write(21, true); }
        Startup.Write(to);
    }

    void IRecordObserver.OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields)
    {
        if (Savepoint is { HasDoubts: true } log && IsDropped(log, kind, key)) { return; }
        switch (kind)
        {
            case RecordKinds.Unit: ReadUnit(key, fields); break;
            case RecordKinds.Job: ReadJob(key, fields); break;
            case RecordKinds.Manager: ReadManager(fields); break;
            case RecordKinds.History: History.OnRead(key, fields.Length); break;
            case RecordKinds.Recovery: _past.Add(PastRecovery.Read(fields)); break;
            default: _ = ForeignRecords?.OnRecord(kind, key, fields); break;   // kinds of another build are carried along
        }
        Loop.Guard?.Slice();
    }

    private void ReadUnit(ReadOnlySpan<byte> key, RecordReader fields)
    {
        if (!UnitName.TryParse(key, out UnitName name) || _typeByKind[(int)name.Kind] is null)
        {
            Log.Warning($"The state log has a record of a unit that this build does not know: {Encoding.ASCII.GetString(key)}");
            RecordsUnread++;
            return;
        }
        if (IsSetAside(name, key, fields) || IsRefuted(name, key, fields)) { return; }
        Unit unit = GetOrAdd(name);
        unit.Flags |= UnitFlags.Announced;
        while (fields.Next(out SavedField field)) { unit.Read(field); }
        if (!fields.Failed) { return; }
        Log.Warning(unit, $"The record of this unit is damaged; what could be read is kept.");
        RecordsUnread++;
    }

    private void ReadJob(ReadOnlySpan<byte> key, RecordReader fields)
    {
        if (!UnitName.TryParse(key, out UnitName name)) { return; }
        JobType type = JobType.Nop;
        JobState state = JobState.Waiting;
        uint id = 0;
        bool irreversible = false, ignoreOrder = false, clients = false;
        ulong queued = 0, running = 0;
        string? actor = null;
        while (fields.Next(out SavedField f))
        {
            switch (f.Tag)
            {
                case 1: type = (JobType)f.Number; break;
                case 2: state = (JobState)f.Number; break;
                case 3: id = (uint)f.Number; break;
                case 4: irreversible = f.Bool; break;
                case 5: ignoreOrder = f.Bool; break;
                case 6: queued = f.Number; break;
                case 7: running = f.Number; break;
                case 8: clients = f.Bool; break;
                case 9: actor = f.String; break;
            }
        }
        if (id != 0 && type <= JobType.Restart) { _readJobs.Add((type, state, id, irreversible, ignoreOrder, name, queued, running, clients, actor)); }
    }

    private void ReadManager(RecordReader fields)
    {
        Phase = BootPhase.Done;   // of an older build, which wrote no phase
        _managerIsRead = true;
        while (fields.Next(out SavedField f))
        {
            switch (f.Tag)
            {
                case 1: _lastJobId = (uint)f.Number; break;
                case 2: StartupIsFinished = f.Bool; break;
                case 4: ClientEnvironment.Add(f.Text); break;
                case 5: JobsInstalled = (uint)f.Number; break;
                case 6: JobsFailed = (uint)f.Number; break;
                case 7: Phase = f.Bool ? BootPhase.Done : BootPhase.Load; break;
                case 8: _readObjective = (Objective)f.Number; break;
                case 9: ObjectiveArgument = f.String; break;
                case 10: SetBaseVariable(f.Text); break;
                case 11: Phase = (BootPhase)f.Number; break;
                case 12: _executorFile = f.String; break;
                case 13: _lastSignal = (uint)f.Number; break;
                case 19: ExitCode = (int)f.Number; break;
                case 20: WasReloading = f.Bool; break;
                case 21: LogWasLost = f.Bool; break;
                default:
                    if (!Choices.Read(f)) { Startup.Read(f); }
                    break;
            }
        }
    }

    /// <summary>A change of root ends what was asked for in the old one.</summary>
    private void ForgetJobs()
    {
        foreach ((_, _, _, _, _, UnitName name, _, _, _, _) in _readJobs)
        {
            if (Find(name) is { } unit) { unit.JobIsRecorded = true; }
        }
        _readJobs.Clear();
    }

    /// <summary>Records of units that this build could not read, or not to their end.</summary>
    public uint RecordsUnread { get; private set; }

    /// <summary>The executor's file as it was when the running one was started; empty when that is not known.</summary>
    public string ExecutorFile
    {
        get => _executorFile;
        set
        {
            _executorFile = value;
            MarkManagerDirty();
        }
    }

    private string _executorFile = "";

    /// <summary>Reads the records of another manager and loads their units, as a recovery would, but takes nothing over.</summary>
    public void ReadState(SavepointLog log)
    {
        IsReplaying = true;
        Errno error = log.Replay(this);
        if (error.Failed) { RecordsUnread++; }
        DispatchLoadQueue();
    }

    /// <summary>Jobs among the records that were read.</summary>
    public int JobsRead => _readJobs.Count;

    /// <summary>Reads everything back, then lets each unit look at the kernel.</summary>
    internal void Recover(SavepointLog log, Dictionary<string, OwnedFd> kept)
    {
        IsReplaying = true;
        using TextBatch texts = BatchTexts();
        Phase = BootPhase.Prepare;   // until the manager's record says more
        Errno error = log.Replay(this);
        if (error.Failed) { Log.Error($"The state log could not be read to its end: {error.ToString()}"); }
        History.OnAllRead();
        if (log.HasDoubts) { DoubtBoot(); }
        DispatchLoadQueue();
        ForgetNews();
        if (Phase == BootPhase.Prepare) { ForgetJobs(); }
        LookAtJournal();
        foreach ((JobType type, JobState state, uint id, bool irreversible, bool ignoreOrder, UnitName name, ulong queued, ulong running, bool clients, string? actor) in _readJobs)
        {
            if (Find(name) is not { } unit) { continue; }   // it was set aside
            var job = new Job(id, unit, type)
            {
                Irreversible = irreversible,
                IgnoreOrder = ignoreOrder,
                State = state,
                QueuedAt = new Usec(queued),
                RunningSince = new Usec(running),
                HasClients = clients,
                Actor = actor,
                Announced = true,
            };
            Attach(job);
            JobProcessing.StartTimeout(job, state == JobState.Running);
            if (state == JobState.Waiting) { QueueRun(job); }
            else { Status.JobRuns(job); }
            unit.JobIsRecorded = true;
        }
        _readJobs.Clear();
        if (RecordsSetAside > 0 || log.HasDoubts) { AdoptFromKernel(); }   // before descriptors go back: they are theirs
        if (log.HasDoubts) { ForeignRecords?.OnRecordsLost(kept); }
        else { ForeignRecords?.OnRecordsRead(kept); }
        HashSet<Unit> holders = log.HasDoubts ? HoldersOf(kept) : [];
        GiveBack(kept);
        foreach (Unit unit in holders) { unit.OnFoundKept(); }
        IsReplaying = false;
        History.Cause = new Cause(CauseKind.Recovered);
        foreach (Unit unit in Units)
        {
            // Clients know what was loaded: the next they hear of it is what changed.
            unit.Flags |= UnitFlags.Announced;
            Ledger?.Point(CrumbKind.Unit, unit.Id.Text);
            unit.OnRecovered();
            Loop.Guard?.Slice();
            if (unit.PendingEffects != 0) { QueueEffects(unit); }
            TrackFailed(unit, unit.ActiveState == UnitActiveState.Failed);
        }
        History.Cause = default;
        if (log.HasDoubts) { SettleDoubts(); }
        Ledger?.Clear();
        ForeignRecords?.OnRecovered();
        if (_readObjective == Objective.None) { return; }
        _objectiveIsOld = true;
        SetObjective(_readObjective, ObjectiveArgument);
    }

    /// <summary>A record at which two managers have died goes out of the way, and stays in the log under another kind.</summary>
    private bool IsSetAside(UnitName name, ReadOnlySpan<byte> key, RecordReader fields)
    {
        if (Ledger is not { } ledger) { return false; }
        ledger.Point(CrumbKind.Unit, key, 0);
        if (ledger.Deaths(CrumbKind.Unit, key, 0) < DeathsToSetAside) { return false; }
        Log.Critical($"The manager has died twice at the state of {name}: its record is set aside, the unit is what the kernel shows of it.");
        SavepointLog log = Savepoint!;
        using (RecordWriter to = log.Stage(RecordKinds.SetAside, key)) { to.WriteAll(fields); }
        log.StageRemoval(RecordKinds.Unit, key);
        log.StageRemoval(RecordKinds.Job, key);
        RecordsSetAside++;
        return true;
    }

    private const int DeathsToSetAside = 2;
}
