namespace SysMaster.Spawn.Init;

/// <summary>The numbers that init and every core, older or newer, must agree on. Raise <see cref="Version"/> when a meaning changes.</summary>
public static class InitProtocol
{
    /// <summary>Sent with StartEnd. New kinds and flags may be added within a version: unknown ones are ignored by both sides.</summary>
    public const int Version = 1;

    /// <summary>Where the core finds its descriptors.</summary>
    public const int LinkFd = 3;
    public const int CallFd = 4;
    public const int HangTimerFd = 5;

    /// <summary>Where an executor finds its end of the executor socket (SOCK_SEQPACKET); everything above it is closed.</summary>
    public const int ExecutorSocketFd = 3;

    /// <summary>The kept descriptor that is the core's end of the executor's socket.</summary>
    public static ReadOnlySpan<byte> ExecutorName => "executor"u8;

    /// <summary>How many descriptors init keeps.</summary>
    public const int MaxKept = 4096;

    /// <summary>Bytes in the name of a kept descriptor; any bytes but NUL. Name by number what would be longer.</summary>
    public const int MaxName = 240;

    /// <summary>Bytes in one message beside its header.</summary>
    public const int MaxPayload = 64 * 1024;

    /// <summary>Words in argv plus environment of Exec.</summary>
    public const int MaxExecWords = 1000;

    /// <summary>How long a core waits for init's answer before it takes init for hung, in seconds.</summary>
    public const int CallTimeoutSec = 10;

    public const string InitPath = "/usr/lib/sysmaster/init";
    public const string CorePath = "/usr/lib/sysmaster/sysmaster";
    public const string ExecutorPath = "/usr/lib/sysmaster/sysmaster-executor";
    public const string ShutdownPath = "/usr/lib/sysmaster/shutdown";

    /// <summary>Where the removal of the packages leaves the programs of the machine that runs on them, until its next boot.</summary>
    public const string RemovedPrograms = "/run/sysmaster/removed/";
}
