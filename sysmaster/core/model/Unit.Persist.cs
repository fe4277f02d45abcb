using SysMaster.Core.Conditions;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>What of a unit is written into the savepoint, and its place in the log.</summary>
public abstract partial class Unit : ILogSubject
{
    string ILogSubject.UnitName => Id.Text;

    LogLevel ILogSubject.LogLevelMax => Settings.IsSet(Directives.ExecDirectives.LogLevelMax) ? Get(Directives.ExecDirectives.LogLevelMax) : LogLevel.Debug;

    string? ILogSubject.InvocationId => InvocationId.IsNull ? null : InvocationId.ToString();

    /// <summary>Clients and other units that hold it: not collected while above zero.</summary>
    public int HoldCount { get; set; }

    /// <summary>An automatic restart is under way or due: dependents wait for it.</summary>
    public virtual bool WillRestart => false;

    /// <summary>Listening sockets for the service that this unit triggers, in order, with their names; borrowed.</summary>
    public virtual void CollectActivationFds(List<int> fds, List<string> names) { }

    /// <summary>A descriptor of this unit comes back from init after a restart of the manager; the unit owns it.</summary>
    /// <param name="key">What follows "store/UNIT/" or "socket/UNIT/" in its name.</param>
    public virtual void OnKeptFd(string key, OwnedFd fd) => fd.Dispose();

    /// <summary>JobRunningTimeoutSec= where the type has a default of its own (devices).</summary>
    public virtual Usec DefaultJobRunningTimeout => Usec.Infinity;

    /// <summary>JobRunningTimeoutSec=, else JobTimeoutSec=, else the type's own.</summary>
    public Usec JobRunningTimeout => Settings.IsSet(UnitDirectives.JobRunningTimeoutSec) ? Get(UnitDirectives.JobRunningTimeoutSec)
        : Settings.IsSet(UnitDirectives.JobTimeoutSec) ? Get(UnitDirectives.JobTimeoutSec) : DefaultJobRunningTimeout;

    /// <summary>When the step that runs now is given up, monotonic; for the running line.</summary>
    public virtual Usec JobDeadline => Job?.Timeout?.When ?? Usec.Infinity;

    /// <summary>STATUS= of the service; null for other types.</summary>
    public virtual string? StatusText => null;

    /// <summary>Its last start was left out since a condition did not hold.</summary>
    public bool WasSkipped => !ConditionResult && (Flags & UnitFlags.ConditionTested) != 0 && ActiveState.IsInactiveOrFailed();

    /// <summary>Which condition, in words.</summary>
    public string SkipReason => Manager.SkipReason(this);

    /// <summary>It is being forgotten: drop watches, timers and files.</summary>
    protected internal virtual void OnRemoved()
    {
        ReleaseStdio();
        Manager.Cgroups.Forget(this);
    }

    /// <summary>Tags below 64 belong to this class, those from 64 to the type. Never reuse one.</summary>
    private static class Tags
    {
        public const uint StateChange = 1, InactiveExit = 3, ActiveEnter = 5, ActiveExit = 7, InactiveEnter = 9;
        public const uint Condition = 11, Assert = 13;
        public const uint InvocationHigh = 15, InvocationLow = 16;
        public const uint ConditionResult = 17, AssertResult = 18;
        public const uint Effects = 19, LimitBegin = 20, LimitCount = 21;
        public const uint Transient = 22, Freezer = 23, CgroupRealized = 24, CpuNsec = 25, AskedFor = 26;   // 27 was one doubt for all processes of the unit
        public const uint PrivateTmp = 28, PrivateVarTmp = 29, DynamicUserId = 30, DynamicUserName = 31, DynamicGroupId = 32, DynamicGroupName = 33, Trigger = 34, SharedRuntime = 35,
            InDoubt = 36, OomKills = 37, Untold = 38, Cleaning = 39, Markers = 40, OomdKills = 41;

        /// <summary>Stands for what later builds will add (<see cref="Schema"/>).</summary>
        public const uint OfLaterSchema = 63;
    }

    /// <summary>The first tag of a type's own fields.</summary>
    protected const uint TypeTags = 64;

    internal void Write(RecordWriter to)
    {
        UnitTimestamps t = Timestamps;
        WriteStamp(to, Tags.StateChange, t.StateChange);
        WriteStamp(to, Tags.InactiveExit, t.InactiveExit);
        WriteStamp(to, Tags.ActiveEnter, t.ActiveEnter);
        WriteStamp(to, Tags.ActiveExit, t.ActiveExit);
        WriteStamp(to, Tags.InactiveEnter, t.InactiveEnter);
        WriteStamp(to, Tags.Condition, t.Condition);
        WriteStamp(to, Tags.Assert, t.Assert);
        WriteNonZero(to, Tags.InvocationHigh, InvocationId.High);
        WriteNonZero(to, Tags.InvocationLow, InvocationId.Low);
        WriteNonZero(to, Tags.ConditionResult, ConditionResult ? 1u : 0u);
        WriteNonZero(to, Tags.AssertResult, AssertResult ? 1u : 0u);
        WriteNonZero(to, Tags.Effects, PendingEffects);
        WriteNonZero(to, Tags.LimitBegin, StartLimit.Begin.Value);
        WriteNonZero(to, Tags.LimitCount, StartLimit.Count);
        WriteNonZero(to, Tags.Transient, IsTransient ? 1u : 0u);
        WriteNonZero(to, Tags.Freezer, (uint)Freezer);
        WriteNonZero(to, Tags.CgroupRealized, Cgroup is null ? 0u : 1u);
        WriteNonZero(to, Tags.Untold, (Flags & UnitFlags.InChangedQueue) != 0 ? 1u : 0u);
        if (ActiveState == UnitActiveState.Maintenance) { WriteNonZero(to, Tags.Cleaning, (uint)_cleaning); }
        WriteNonZero(to, Tags.Markers, (uint)Markers);
        WriteNonZero(to, Tags.OomKills, Cgroup?.OomKills ?? 0);
        WriteNonZero(to, Tags.OomdKills, Cgroup?.OomdKills ?? 0);
        WriteNonZero(to, Tags.CpuNsec, t.CpuNsec);
        foreach (ProcessSlot slot in Manager.InFlightOf(this))
        {
            if (slot.Pid == 0) { to.Write(Tags.AskedFor, EffectToRepeat(slot)); }
            else { to.Write(Tags.InDoubt, (ulong)EffectToRepeat(slot) << 32 | (uint)slot.Pid); }
        }
        if (Runtime is { } runtime) { WriteRuntime(to, runtime); }
        foreach (ByteText line in Activation) { to.Write(Tags.Trigger, line); }
        if (Schema.Number > 1) { to.Write(Tags.OfLaterSchema, Schema.Number); }
        WriteType(to);
    }

    /// <summary>What was made for this activation; null for most.</summary>
    public ExecRuntime? Runtime
    {
        get => Timestamps.Runtime;
        internal set
        {
            if (value != Timestamps.Runtime) { WritableTimestamps.Runtime = value; }
        }
    }

    private static void WriteRuntime(RecordWriter to, ExecRuntime runtime)
    {
        if (runtime.Shared is { } shared)
        {
            to.Write(Tags.SharedRuntime, shared.Owner);
            if (!shared.Tmp.IsEmpty) { to.Write(Tags.PrivateTmp, shared.Tmp); }
            if (!shared.VarTmp.IsEmpty) { to.Write(Tags.PrivateVarTmp, shared.VarTmp); }
        }
        // The number before the name: what is read last makes the user.
        if (runtime.User is { } user)
        {
            to.Write(Tags.DynamicUserId, user.Id);
            to.Write(Tags.DynamicUserName, user.Name);
        }
        if (runtime.Group is { } group)
        {
            to.Write(Tags.DynamicGroupId, group.Id);
            to.Write(Tags.DynamicGroupName, group.Name);
        }
    }

    private uint _readId;

    /// <summary>Which timer or path started it, and when: TRIGGER_UNIT= and its sisters, for its processes. systemd.exec(5).</summary>
    public ByteText[] Activation
    {
        get => Timestamps.Activation;
        private set
        {
            if (value.Length > 0 || Timestamps.Activation.Length > 0) { WritableTimestamps.Activation = value; }
        }
    }

    /// <summary>A timer or path has asked for the start of this unit. One that runs already was started by somebody else.</summary>
    public void SetActivation(params ByteText[] variables)
    {
        if (!ActiveState.IsInactiveOrFailed() || Job is not { Type: JobType.Start }) { return; }
        Activation = variables;
        MarkDirty();
    }

    /// <summary>It is down: the next start may have another cause.</summary>
    internal void ClearActivation() => Activation = [];

    /// <summary>Its control group while it exists.</summary>
    public UnitCgroup? Cgroup { get; internal set; }

    internal bool CgroupIsEmptyOrAbsent => Cgroup is null || !Type.Has(UnitCaps.HasExec) || !Manager.Cgroups.IsPopulated(this);

    /// <summary>Delegate=yes: below its group the unit is its own master.</summary>
    public bool IsDelegated => Type.Has(UnitCaps.CanDelegate) && Get(Directives.CgroupDirectives.Delegate).IsOn;

    /// <summary>Standard input, output and error as a client gave them (systemd-run --pipe); null for most, -1-like None for a stream not given.</summary>
    public OwnedFd?[]? GivenStdio { get; set; }

    /// <summary>Under this, its name and the number of the stream init keeps them.</summary>
    internal const string StdioPrefix = "stdio";

    /// <summary>Takes over the streams of a client, until <see cref="ReleaseStdio"/>.</summary>
    public void GiveStdio(OwnedFd?[]? streams)
    {
        GivenStdio = streams;
        for (int i = 0; i < streams?.Length; i++)
        {
            if (streams[i] is { } fd) { Manager.KeepFd($"{StdioPrefix}/{Id}/{i}", fd.Fd); }
        }
    }

    /// <summary>Who reads the other end sees its end.</summary>
    public void ReleaseStdio()
    {
        if (GivenStdio is not { } streams) { return; }
        for (int i = 0; i < streams.Length; i++)
        {
            if (streams[i] is null) { continue; }
            streams[i]!.Dispose();
            Manager.DropFd($"{StdioPrefix}/{Id}/{i}");
        }
        GivenStdio = null;
    }

    /// <summary>The one that the link in /run names.</summary>
    internal InvocationId LinkedInvocation
    {
        get => Timestamps.Linked;
        set
        {
            if (value != Timestamps.Linked) { WritableTimestamps.Linked = value; }
        }
    }

    /// <summary>As last tested; null if it has none or they never were.</summary>
    public List<Condition>? Conditions
    {
        get => Timestamps.Conditions;
        internal set
        {
            if (value is not null || Timestamps.Conditions is not null) { WritableTimestamps.Conditions = value; }
        }
    }

    public List<Condition>? Asserts
    {
        get => Timestamps.Asserts;
        internal set
        {
            if (value is not null || Timestamps.Asserts is not null) { WritableTimestamps.Asserts = value; }
        }
    }

    /// <summary>A record of its job stands in the log.</summary>
    internal bool JobIsRecorded { get; set; }

    internal void Read(in SavedField f)
    {
        UnitTimestamps t = WritableTimestamps;
        switch (f.Tag)
        {
            case Tags.StateChange or Tags.StateChange + 1: t.StateChange = Half(t.StateChange, f.Tag == Tags.StateChange, f.Usec); break;
            case Tags.InactiveExit or Tags.InactiveExit + 1: t.InactiveExit = Half(t.InactiveExit, f.Tag == Tags.InactiveExit, f.Usec); break;
            case Tags.ActiveEnter or Tags.ActiveEnter + 1: t.ActiveEnter = Half(t.ActiveEnter, f.Tag == Tags.ActiveEnter, f.Usec); break;
            case Tags.ActiveExit or Tags.ActiveExit + 1: t.ActiveExit = Half(t.ActiveExit, f.Tag == Tags.ActiveExit, f.Usec); break;
            case Tags.InactiveEnter or Tags.InactiveEnter + 1: t.InactiveEnter = Half(t.InactiveEnter, f.Tag == Tags.InactiveEnter, f.Usec); break;
            case Tags.Condition or Tags.Condition + 1: t.Condition = Half(t.Condition, f.Tag == Tags.Condition, f.Usec); break;
            case Tags.Assert or Tags.Assert + 1: t.Assert = Half(t.Assert, f.Tag == Tags.Assert, f.Usec); break;
            case Tags.CpuNsec: t.CpuNsec = f.Number; break;
            case Tags.InvocationHigh: InvocationId = InvocationId with { High = f.Number }; break;
            case Tags.InvocationLow: InvocationId = InvocationId with { Low = f.Number }; break;
            case Tags.ConditionResult: ConditionResult = f.Bool; break;
            case Tags.AssertResult: AssertResult = f.Bool; break;
            case Tags.Effects: _effects |= (uint)f.Number; break;
            case Tags.LimitBegin: StartLimit.Begin = f.Usec; break;
            case Tags.LimitCount: StartLimit.Count = (uint)f.Number; break;
            case Tags.Transient: Flags |= UnitFlags.Transient; break;
            case Tags.Freezer: Freezer = (FreezerState)f.Number; break;
            case Tags.AskedFor: AskAgain((uint)f.Number); break;
            case Tags.InDoubt: Doubt((int)(uint)f.Number, (uint)(f.Number >> 32)); break;
            case Tags.CgroupRealized: Manager.Cgroups.OnRecovered(this); break;
            case Tags.Cleaning: _cleaning = (CleanKinds)f.Number; break;
            case Tags.Untold: Manager.OweNews(this); break;
            case Tags.OomKills when Cgroup is { } group: group.OomKills = f.Number; break;
            case Tags.OomdKills when Cgroup is { } own: own.OomdKills = f.Number; break;
            case Tags.SharedRuntime: Manager.Exec.Shared.Enter(this, f.Text.ToString()); break;
            case Tags.PrivateTmp: Manager.Exec.Shared.Of(this).Tmp = f.Text; break;
            case Tags.PrivateVarTmp: Manager.Exec.Shared.Of(this).VarTmp = f.Text; break;
            case Tags.DynamicUserId or Tags.DynamicGroupId: _readId = (uint)f.Number; break;
            case Tags.DynamicUserName: (Runtime ??= new()).User = Manager.DynamicUsers.Adopt(f.Text, _readId); break;
            case Tags.DynamicGroupName: (Runtime ??= new()).Group = Manager.DynamicUsers.Adopt(f.Text, _readId); break;
            case Tags.Markers: Markers = (UnitMarkers)f.Number & (UnitMarkers.NeedsReload | UnitMarkers.NeedsRestart); break;
            case Tags.Trigger: Activation = [.. Activation, f.Text]; break;
            case < TypeTags: break;   // of a later build
            default: ReadType(f.Tag, f); break;
        }
    }

    protected static DualTimestamp Half(DualTimestamp at, bool realtime, Usec value) =>
        realtime ? at with { Realtime = value } : at with { Monotonic = value };

    /// <summary>The type's fields, tags from <see cref="TypeTags"/>.</summary>
    protected virtual void WriteType(RecordWriter to) { }

    /// <summary>One field of the type's, as it was written.</summary>
    protected virtual void ReadType(uint tag, in SavedField value) { }

    protected static void WriteStamp(RecordWriter to, uint tag, DualTimestamp at)
    {
        WriteNonZero(to, tag, at.Realtime.Value);
        WriteNonZero(to, tag + 1, at.Monotonic.Value);
    }

    protected static void WriteNonZero(RecordWriter to, uint tag, ulong value)
    {
        if (value != 0) { to.Write(tag, value); }
    }
}
