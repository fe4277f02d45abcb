using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.ExecutorSmoke;

/// <summary>What became of one start.</summary>
internal sealed class Outcome
{
    public int Pid;
    public bool Executed;
    public ExecFailure? Failure;
    public int Code;
    public int Status;

    public bool Over => Executed || Failure.HasValue;

    public unsafe void Reap()
    {
        siginfo_t info;
        int r;
        do { r = LibC.waitid(LibC.P_PID, Pid, &info, LibC.WEXITED); }
        while (r < 0 && Errno.Last == Errno.EINTR);
        if (r < 0) { throw new InvalidOperationException($"waitid {Pid}: {Errno.Last} (is it our child?)"); }
        Code = info.si_code;
        Status = info.si_status;
    }

    public override string ToString() =>
        $"pid {Pid}, executed {Executed}, failure {(Failure is ExecFailure f ? $"{f.Kind} {(int)f.Status} {f.Error} [{f.Step}]" : "none")}, code {Code} status {Status}";
}
