using System.Runtime.InteropServices;

namespace SysMaster.Init;

/// <summary>
/// All that init must still know after a fault; the first page of the table's memfd, mapped shared. Another build reads
/// it: fields are only appended, never moved; <see cref="StateTable.Magic"/> changes otherwise.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InitState
{
    public ulong Magic;
    public int Faults;          // counted up by the fault handler's machine code
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
    public int Ready;           // the core has said so
    public int Told;            // the next slot to tell the core; MaxKept once StartEnd was sent
    public int High;            // all used slots are below it
    public int SignalSent;      // this core has it, and has not said that it is recorded
    public uint Signals;        // how many there were: the number of the last
    public InitHeader Signal;   // A 0: none. A core that dies leaves it to the next
}
