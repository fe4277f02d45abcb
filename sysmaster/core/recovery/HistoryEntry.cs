using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>What the manager is dealing with while a unit's state changes. Numbers are part of the savepoint: never reuse one.</summary>
public enum CauseKind : byte
{
    /// <summary>It follows its job, or another unit.</summary>
    None = 0,

    /// <summary>A process exited: its PID, its status.</summary>
    Exited = 1,

    /// <summary>A process was ended by a signal: its PID, the signal.</summary>
    Killed = 2,

    /// <summary>sd_notify(3): the sender's PID.</summary>
    Notified = 3,

    /// <summary>A time was over.</summary>
    Elapsed = 4,

    /// <summary>The manager was started anew, and compared the unit with the kernel.</summary>
    Recovered = 5,
}

public readonly record struct Cause(CauseKind Kind, int A = 0, int B = 0)
{
    /// <summary>In words; empty for none.</summary>
    public string Text => Kind switch
    {
        CauseKind.None => "",
        CauseKind.Exited => $"PID {A} exited with status {B}",
        CauseKind.Killed => $"PID {A} was ended by signal {B}",
        CauseKind.Notified => $"PID {A} has notified",
        CauseKind.Elapsed => "its time was over",
        CauseKind.Recovered => "found so by a new manager",
        _ => $"cause {(byte)Kind}",
    };
}

/// <summary>One change of a unit's state, as it is remembered.</summary>
/// <param name="When">CLOCK_REALTIME.</param>
/// <param name="JobId">The job it had then; 0: none.</param>
/// <param name="Actor">Who asked for the job; empty if that is not known.</param>
public readonly record struct HistoryEntry(string Unit, Usec When, UnitActiveState Before, UnitActiveState Now, string SubState, Cause Cause, uint JobId,
    JobType JobType, string Actor)
{
    private static class Tag
    {
        public const uint Unit = 1, When = 2, Before = 3, Now = 4, SubState = 5, Cause = 6, CauseA = 7, CauseB = 8, JobId = 9, JobType = 10, Actor = 11;
    }

    internal void Write(RecordWriter to)
    {
        to.Write(Tag.Unit, Unit);
        to.Write(Tag.When, When);
        to.Write(Tag.Before, (uint)Before);
        to.Write(Tag.Now, (uint)Now);
        to.Write(Tag.SubState, SubState);
        if (Cause.Kind != CauseKind.None)
        {
            to.Write(Tag.Cause, (uint)Cause.Kind);
            to.Write(Tag.CauseA, (uint)Cause.A);
            to.Write(Tag.CauseB, (uint)Cause.B);
        }
        if (JobId == 0) { return; }
        to.Write(Tag.JobId, JobId);
        to.Write(Tag.JobType, (uint)JobType);
        if (Actor.Length > 0) { to.Write(Tag.Actor, Actor); }
    }

    internal static HistoryEntry Read(RecordReader fields)
    {
        var entry = new HistoryEntry("", Usec.Zero, default, default, "", default, 0, default, "");
        while (fields.Next(out SavedField f))
        {
            entry = f.Tag switch
            {
                Tag.Unit => entry with { Unit = f.String },
                Tag.When => entry with { When = f.Usec },
                Tag.Before => entry with { Before = (UnitActiveState)f.Number },
                Tag.Now => entry with { Now = (UnitActiveState)f.Number },
                Tag.SubState => entry with { SubState = f.String },
                Tag.Cause => entry with { Cause = entry.Cause with { Kind = (CauseKind)f.Number } },
                Tag.CauseA => entry with { Cause = entry.Cause with { A = (int)f.Number } },
                Tag.CauseB => entry with { Cause = entry.Cause with { B = (int)f.Number } },
                Tag.JobId => entry with { JobId = (uint)f.Number },
                Tag.JobType => entry with { JobType = (JobType)f.Number },
                Tag.Actor => entry with { Actor = f.String },
                _ => entry,
            };
        }
        return entry;
    }
}
