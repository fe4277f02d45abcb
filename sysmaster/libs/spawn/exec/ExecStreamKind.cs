namespace SysMaster.Spawn.Exec;

/// <summary>StandardInput=, StandardOutput=, StandardError=.</summary>
public enum ExecStreamKind
{
    Inherit,
    Null,
    Tty,
    TtyForce,
    TtyFail,
    Socket,

    /// <summary>A passed descriptor, fd:NAME: <see cref="ExecStream.FdIndex"/>.</summary>
    Fd,
    Data,

    /// <summary>file:, append:, truncate: with <see cref="ExecStream.Path"/>.</summary>
    File,
    Append,
    Truncate,
    Journal,
    JournalAndConsole,
    Kmsg,
    KmsgAndConsole,
}
