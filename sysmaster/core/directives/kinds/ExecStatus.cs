using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>How a command last ran, as the Exec properties carry it; all zero: it never did.</summary>
/// <param name="StartRealtime">CLOCK_REALTIME.</param>
/// <param name="StartMonotonic">CLOCK_MONOTONIC.</param>
/// <param name="ExitRealtime">CLOCK_REALTIME; zero while it runs.</param>
/// <param name="ExitMonotonic">CLOCK_MONOTONIC.</param>
/// <param name="Pid">Its process, kept after its end.</param>
/// <param name="Code">CLD_EXITED and its like; zero while it runs.</param>
/// <param name="Status">Exit code or signal.</param>
public readonly record struct ExecStatus(Usec StartRealtime, Usec StartMonotonic, Usec ExitRealtime, Usec ExitMonotonic, int Pid, int Code, int Status)
{
    public void Write(MessageWriter to)
    {
        to.WriteUInt64(StartRealtime.Value);
        to.WriteUInt64(StartMonotonic.Value);
        to.WriteUInt64(ExitRealtime.Value);
        to.WriteUInt64(ExitMonotonic.Value);
        to.WriteUInt32((uint)Pid);
        to.WriteInt32(Code);
        to.WriteInt32(Status);
    }
}
