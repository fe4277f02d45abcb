using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>Where a process of a unit is between being asked for and being gone.</summary>
public enum ProcessPhase : byte
{
    /// <summary>No process.</summary>
    None,
    /// <summary>Asked for: no PID yet.</summary>
    Spawning,
    /// <summary>The PID exists and waits for its go.</summary>
    Waiting,
    /// <summary>Told to execute; the set-up is under way.</summary>
    Going,
    /// <summary>execve succeeded, or the process was adopted.</summary>
    Executed,
}

/// <summary>
/// One process that a unit asked for: main or control. The unit owns the slot; the manager fills it and tells the unit
/// (<see cref="Unit.OnProcessSpawned"/>, <see cref="Unit.OnProcessExecuted"/>, <see cref="Unit.OnChildExited"/>).
/// </summary>
public sealed class ProcessSlot(Unit unit, int role)
{
    public Unit Unit { get; } = unit;

    /// <summary>The type's own number for it.</summary>
    public int Role { get; } = role;

    public ProcessPhase Phase { get; internal set; }

    public int Pid { get; internal set; }

    /// <summary>In clock ticks since boot, /proc/PID/stat field 22: with the PID, an identity that is not reused.</summary>
    public ulong StartTime { get; internal set; }

    /// <summary>What it was started as, for messages.</summary>
    internal ByteText Program { get; set; }

    internal uint Ticket { get; set; }

    /// <summary>The effect of its unit that it was asked for by.</summary>
    internal uint Effect { get; set; }

    /// <summary>Type=idle: it runs when no job is left, at the latest then (monotonic); zero for all others.</summary>
    internal Usec IdleUntil { get; set; }

    /// <summary>The command as it went; its status is kept there for `show`.</summary>
    public ExecRun? Run { get; internal set; }

    public bool IsAlive => Phase != ProcessPhase.None;

    public void Clear()
    {
        Phase = ProcessPhase.None;
        Pid = 0;
        StartTime = 0;
        Ticket = 0;
    }
}

/// <summary>How one command of a unit last ran: the status part of ExecStart= on the bus.</summary>
public sealed class ExecRun
{
    /// <summary>What ran, where no setting says so (mount and swap commands); null otherwise.</summary>
    public ExecCommandSpec? Command { get; set; }

    public int Pid { get; set; }
    public DualTimestamp Start { get; set; }
    public DualTimestamp Exit { get; set; }
    public int Code { get; set; }
    public int Status { get; set; }
}
