using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>Standard streams, terminal, journal stream, passed descriptors, utmp.</summary>
public sealed partial class ExecRequest
{
    public ExecStream Stdin = new(ExecStreamKind.Null);

    public ExecStream Stdout = new(ExecStreamKind.Inherit);

    public ExecStream Stderr = new(ExecStreamKind.Inherit);

    /// <summary>What StandardInput=data reads.</summary>
    public byte[] StdinData = [];

    /// <summary>Index of the connection or listening socket that the kind "socket" means; -1 is none.</summary>
    public int StdioSocket = -1;

    /// <summary>Empty is /dev/console.</summary>
    public ByteText TtyPath;

    public bool TtyReset;

    public bool TtyVHangup;

    public bool TtyVtDisallocate;

    public int? TtyRows;

    public int? TtyColumns;

    /// <summary>Where journald listens; empty is /run/systemd/journal/stdout.</summary>
    public ByteText JournalSocket;

    /// <summary>Empty is the program's file name.</summary>
    public ByteText SyslogIdentifier;

    /// <summary>facility | level, syslog(3).</summary>
    public int SyslogPriority = (3 << 3) | 6;

    public bool SyslogLevelPrefix = true;

    public bool ForwardToSyslog;

    public bool ForwardToKmsg;

    public bool ForwardToConsole;

    /// <summary>The first this many passed descriptors are the unit's sockets, in order, from 3 on.</summary>
    public int SocketFds;

    /// <summary>After them, this many from the descriptor store.</summary>
    public int StoredFds;

    /// <summary>One name each, joined with ":" in LISTEN_FDNAMES.</summary>
    public ByteText[] FdNames = [];

    /// <summary>OpenFile=: opened by the executor, after all of these.</summary>
    public ExecOpenFile[] OpenFiles = [];

    /// <summary>NonBlocking=: O_NONBLOCK on the sockets (not on stored descriptors), else cleared there.</summary>
    public bool NonBlocking;

    /// <summary>utmp record (UtmpIdentifier=); empty is none.</summary>
    public ByteText UtmpIdentifier;

    public ExecUtmpMode UtmpMode;

    /// <summary>WATCHDOG_USEC is set by the executor with WATCHDOG_PID; zero is none.</summary>
    public ulong WatchdogUsec;
}
