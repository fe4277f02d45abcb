namespace SysMaster.Events;

/// <summary>
/// Which of the ready sources runs first; systemd's order: what a service said before it died is read before its death.
/// </summary>
public enum EventPriority : byte
{
    /// <summary>Lost descriptors and what init tells: links that everything else rests on.</summary>
    Init,
    /// <summary>sd_notify datagrams: a READY=1 is read before the exit that follows it.</summary>
    Notify,
    /// <summary>The executor's answers: started, executed, failed.</summary>
    Executor,
    /// <summary>Child exits, reported by init.</summary>
    Exits,
    /// <summary>cgroup.events, release agent, OOM.</summary>
    Cgroup,
    /// <summary>mountinfo, udev netlink, swaps: the kernel's own state.</summary>
    Kernel,
    /// <summary>Listening sockets, paths, automounts.</summary>
    Activation,
    /// <summary>D-Bus input and output.</summary>
    Bus,
    Timers,
    /// <summary>Pipe idle type services, console status, housekeeping.</summary>
    Idle,
}
