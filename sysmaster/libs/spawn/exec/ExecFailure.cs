using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>Why a start failed.</summary>
/// <param name="Kind">Who says so.</param>
/// <param name="Status">For <see cref="ExecFailureKind.Step"/>: the status the child exits with.</param>
/// <param name="Error">The error number, None where there is none.</param>
/// <param name="Step">What was being done, for the log: "Failed at step EXEC spawning …" names it.</param>
public readonly record struct ExecFailure(ExecFailureKind Kind, ExecStatus Status, Errno Error, ByteText Step);

public enum ExecFailureKind
{
    /// <summary>No process was made: resources, a malformed request, the executor lost.</summary>
    Refused,

    /// <summary>The child could not do one of its steps.</summary>
    Step,

    /// <summary>The child died before it got to execve; what waitid says about it tells why.</summary>
    Vanished,
}
