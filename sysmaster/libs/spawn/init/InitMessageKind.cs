namespace SysMaster.Spawn.Init;

/// <summary>
/// The messages between init and the core.
/// <code>
///   init ──link──▶ core   KeptFd*  StartEnd  then for ever: Exited  Signal  KeptFd (a new executor)  StoreFailed
///   init ◀──link── core   Ready  SignalTaken  StoreFd  DropFd  Reap  SendLog  SendTo  End  Settled  RenewExecutor
///   init ◀──call──▶ core  Listen | Connect | Exec | Reexec  →  Reply
/// </code>
/// A core is started with empty sockets and first gets everything that init keeps, then StartEnd. Exits may be announced from there on,
/// signals only after Ready (until then they stay pending in the kernel, so a core that dies while it starts loses none).
/// <para>An exit is announced when init has *looked*; the zombie stays until Reap. A core that dies in between gets it announced again,
/// and an init that had to re-execute itself announces again too: Exited may come twice for one zombie, never after its Reap was sent,
/// but for one that was already on its way. At most 64 exits are under way; the rest wait as zombies.</para>
/// <para>What a core has sent before it died counts: init empties the link before it starts the next one. So a StoreFd that was sent is
/// stored, without an answer; only a failure (the table is full) comes back as StoreFailed.</para>
/// </summary>
public enum InitMessageKind : uint
{
    None = 0,

    /// <summary>init → core: A process ended (A pid, B si_code CLD_EXITED/KILLED/DUMPED, C si_status, D uid). It stays a zombie until Reap.</summary>
    Exited = 1,

    /// <summary>init → core: a signal was sent to PID 1 (A signo, B si_code, C sender's pid, D its uid, E value; Serial counts them). SIGRTMIN+0 never arrives.</summary>
    Signal = 2,

    /// <summary>init → core: a kept descriptor, its name as payload. After StartEnd only "executor", when a new one was started.</summary>
    KeptFd = 3,

    /// <summary>init → core: everything kept was sent (A generation, B failures in a row, C and D si_code and si_status of the last core, E flags).</summary>
    StartEnd = 4,

    /// <summary>init → core: A StoreFd could not be done (A errno), its name as payload.</summary>
    StoreFailed = 5,

    /// <summary>init → core, on the call socket: the answer (A errno), the header's Serial is the request's.</summary>
    Reply = 6,

    /// <summary>core → init: keep this descriptor under this name; an earlier one of the name is replaced.</summary>
    StoreFd = 16,

    /// <summary>core → init: close what is kept under this name. Unknown names are fine.</summary>
    DropFd = 17,

    /// <summary>core → init: the exit of A is recorded; the zombie may go.</summary>
    Reap = 18,

    /// <summary>core → init: state is restored; signals may come (A 1: one at a time, each answered by SignalTaken).</summary>
    Ready = 19,

    /// <summary>core → init: send the payload as one datagram to /run/systemd/journal/socket, as PID 1; dropped if that would block.</summary>
    SendLog = 20,

    /// <summary>core → init: work is done for now; memory that only work needs may go.</summary>
    Settled = 21,

    /// <summary>core → init: send one datagram from init to a socket of the file system; the payload is its path, a NUL, the text. Not waited for.</summary>
    SendTo = 22,

    /// <summary>core → init, of a user's manager only: everything is stopped, init ends with status A.</summary>
    End = 23,

    /// <summary>core → init: the executor's file is another one: end the executor that runs, start that. Starts under way are asked for again.</summary>
    RenewExecutor = 24,

    /// <summary>core → init: what the last signal asked for is recorded. A core that dies before it leaves the signal to the next.</summary>
    SignalTaken = 25,

    /// <summary>core → init, a call: make a listening (or bound datagram) AF_UNIX socket (A type, B mode, C backlog, D 1 to unlink first), path as payload.</summary>
    Listen = 32,

    /// <summary>core → init, a call: connect an AF_UNIX socket (A type), path as payload; without waiting, so a full backlog is EAGAIN.</summary>
    Connect = 33,

    /// <summary>core → init, a call: end core and executor and become another program (A words in argv, B in the environment, C <see cref="ExecFlags"/>).
    /// Payload: NUL-ended words: path, argv, environment. Answered only when it cannot be done.</summary>
    Exec = 34,

    /// <summary>core → init, a call: init executes its own file anew (an upgrade; or with a security context as payload, in that); answered before
    /// it does so.</summary>
    Reexec = 35,

    /// <summary>core → init, a call: accept a connection of the kept listening socket named first, and keep it under the name after the NUL.</summary>
    Accept = 36,
}
