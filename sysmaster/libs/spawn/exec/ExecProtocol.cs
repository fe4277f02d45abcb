using System.Runtime.InteropServices;

namespace SysMaster.Spawn.Exec;

/// <summary>
/// What core and executor say to each other.
/// <code>
/// core → executor, control socket (SOCK_SEQPACKET, descriptor 3): SpawnHeader + the request, descriptors
///     [spawn socket] [cgroup directory, if flagged] [memfd with the request, if flagged] the request's own …
/// executor → core, control socket: SpawnReply (pid or errno)
/// core → child, spawn socket: further batches of descriptors if flagged, then one byte: go. End of file instead: exit, nobody wants you.
/// child → core, spawn socket: ExecReport Hot just before execve; then end of file is success (the socket is CLOEXEC),
///     or ExecReport Failed with exit status, errno and step. End of file without Hot: it died on the way, waitid tells how.
/// </code>
/// </summary>
public static class ExecProtocol
{
    /// <summary>"SMX" and the version; raise it with every change of <see cref="ExecRequest"/>'s walk or of the structures here.</summary>
    public const uint Version = 0x534D5805;

    /// <summary>Where init puts the control socket when it starts the executor.</summary>
    public const int ControlFd = 3;

    /// <summary>A request up to this size travels in the message; a longer one in a memfd.</summary>
    public const int InlineLimit = 64 * 1024;

    /// <summary>No request is longer: argv and environment together are bounded by the kernel far below.</summary>
    public const int RequestLimit = 16 << 20;

    /// <summary>Descriptors in one message (SCM_MAX_FD is 253).</summary>
    public const int FdsPerMessage = 250;

    public const byte Go = (byte)'g';

    /// <summary>
    /// Exit status of a child whose core was gone before it said go: the command never ran. It means that only of a process that is not known
    /// to have executed.
    /// </summary>
    public const int NeverRan = 253;
}

/// <summary>Before each request.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SpawnHeader
{
    public uint Version;
    public uint Ticket;
    public SpawnFlags Flags;

    /// <summary>Bytes of the request, inline or in the memfd.</summary>
    public int Length;

    /// <summary>The request's own descriptors, this message's and those in later batches.</summary>
    public int FdCount;
}

[Flags]
internal enum SpawnFlags : uint
{
    None = 0,
    HasCgroup = 1,
    InMemfd = 2,
}

/// <summary>Answer of the zygote.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SpawnReply
{
    public uint Ticket;
    public int Pid;
    public int Errno;

    /// <summary>1: clone3 could not place the child in its cgroup; it writes itself there.</summary>
    public int CgroupByHand;
}

/// <summary>Head of a child's report; the step's name follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExecReport
{
    public const int Hot = 1;
    public const int Failed = 2;

    public int Kind;
    public int ExitStatus;
    public int Errno;
    public int TextLength;
}
