using System.Runtime.InteropServices;
using SysMaster.Spawn.Init;

namespace SysMaster.Init;

/// <summary>
/// All that init must still know after a fault of its own; the first page of the table's memfd, mapped shared. Another build of init reads
/// it: fields are only appended, never moved; <see cref="StateTable.Magic"/> changes otherwise.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InitState
{
    public ulong Magic;

    /// <summary>Counted up by the fault handler's machine code.</summary>
    public int Faults;
    public int FaultsSeen;
    public long FaultWindow;

    public int CorePid;
    public int ExecutorPid;
    public int Generation;
    public int Failures;
    public int LastCode;
    public int LastStatus;
    public StartFlags Flags;
    public long CoreStarted;

    /// <summary>The core has said Ready.</summary>
    public int Ready;

    /// <summary>The next slot to tell the core; MaxKept once StartEnd was sent.</summary>
    public int Told;

    /// <summary>All used slots are below it.</summary>
    public int High;
}
