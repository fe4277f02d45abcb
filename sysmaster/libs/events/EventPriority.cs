namespace SysMaster.Events;

/// <summary>
/// Which of the ready sources runs first; systemd's order: what a service said before it died is read before its death.
/// </summary>
public enum EventPriority : byte
{
    /// <summary>The executor's answers (started, executed, failed): why a set-up failed is read before the exit that it caused.</summary>
    Executor,
    /// <summary>sd_notify datagrams: a READY=1 is read before the exit that follows it.</summary>
    Notify,
    /// <summary>What init tells: exits, signals.</summary>
    Init,
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
