using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>What of a unit is written into the savepoint, and its place in the log.</summary>
public abstract partial class Unit : ILogSubject
{
    string ILogSubject.UnitName => Id.Text;

    string? ILogSubject.InvocationId => InvocationId.IsNull ? null : InvocationId.ToString();

    /// <summary>Clients and other units that hold it: not collected while above zero.</summary>
    public int HoldCount { get; set; }

    /// <summary>An automatic restart is under way or due: dependents wait for it.</summary>
    public virtual bool WillRestart => false;

    /// <summary>JobRunningTimeoutSec= where the type has a default of its own (devices).</summary>
    public virtual Usec DefaultJobRunningTimeout => Usec.Infinity;

    /// <summary>When the step that runs now is given up, monotonic; for the running line.</summary>
    public virtual Usec JobDeadline => Job?.Timeout?.When ?? Usec.Infinity;

    /// <summary>STATUS= of the service; null for other types.</summary>
    public virtual string? StatusText => null;

    /// <summary>Its last start was left out since a condition did not hold.</summary>
    public bool WasSkipped => !ConditionResult && (Flags & UnitFlags.ConditionTested) != 0 && ActiveState.IsInactiveOrFailed();

    /// <summary>Which condition, in words.</summary>
    public string SkipReason => Manager.SkipReason(this);

    /// <summary>It is being forgotten: drop watches, timers and files.</summary>
    protected internal virtual void OnRemoved() => Manager.Cgroups.Forget(this);

    /// <summary>Tags below 64 belong to this class, those from 64 to the type. Never reuse one.</summary>
    internal static class Tags
    {
        public const int StateChange = 1, InactiveExit = 3, ActiveEnter = 5, ActiveExit = 7, InactiveEnter = 9;
        public const int Condition = 11, Assert = 13;
        public const int InvocationHigh = 15, InvocationLow = 16;
        public const int ConditionResult = 17, AssertResult = 18;
        public const int Effects = 19, LimitBegin = 20, LimitCount = 21;
        public const int Transient = 22, Freezer = 23, CgroupRealized = 24;
    }

    /// <summary>The first tag of a type's own fields.</summary>
    protected const int TypeTags = 64;

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
        WriteNonZero(to, Tags.CgroupRealized, CgroupIsRealized ? 1u : 0u);
        WriteType(to);
    }

    /// <summary>The type's fields, tags from <see cref="TypeTags"/>.</summary>
    protected virtual void WriteType(RecordWriter to) { }

    /// <summary>One field of the type's, as it was written.</summary>
    protected virtual void ReadType(int tag, in FieldValue value) { }

    protected static void WriteStamp(RecordWriter to, int tag, DualTimestamp at)
    {
        WriteNonZero(to, tag, at.Realtime.Value);
        WriteNonZero(to, tag + 1, at.Monotonic.Value);
    }

    protected static void WriteNonZero(RecordWriter to, int tag, ulong value)
    {
        if (value != 0) { to.Write((uint)tag, value); }
    }
}
