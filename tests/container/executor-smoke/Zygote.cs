using System.Runtime.InteropServices;
using System.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.ExecutorSmoke;

/// <summary>Starts the executor under test as our child, its control socket as descriptor 3, and reaps what it forks for us.</summary>
internal sealed unsafe partial class Zygote : IExecutorObserver, IDisposable
{
    private readonly Dictionary<uint, Outcome> _outcomes = [];

    public ExecutorLink Link { get; }

    public int Pid { get; }

    public bool Lost { get; private set; }

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(void* actions, int fd, int to);

    public Zygote(string path)
    {
        int* pair = stackalloc int[2];
        Must(LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, pair), "socketpair");
        byte* actions = stackalloc byte[256];
        _ = posix_spawn_file_actions_init(actions);
        _ = posix_spawn_file_actions_adddup2(actions, pair[1], ExecProtocol.ControlFd);
        byte[] name = [.. Encoding.UTF8.GetBytes(path), 0];
        int pid;
        fixed (byte* p = name)
        {
            byte** argv = stackalloc byte*[2] { p, null };
            byte** envp = stackalloc byte*[1] { null };
            Must(-LibC.posix_spawn(&pid, p, actions, null, argv, envp), "posix_spawn " + path);
        }
        _ = LibC.close(pair[1]);
        Pid = pid;
        Link = ExecutorLink.Open(new OwnedFd(pair[0]), this).Value;
    }

    public static void Must(int result, string what)
    {
        if (result < 0) { throw new InvalidOperationException($"{what}: {Errno.Last} {result}"); }
    }

    public Outcome Of(uint ticket)
    {
        if (!_outcomes.TryGetValue(ticket, out Outcome? outcome)) { _outcomes[ticket] = outcome = new Outcome(); }
        return outcome;
    }

    /// <summary>Handles events until the condition holds, ten seconds at most.</summary>
    public void Until(Func<bool> done, string what)
    {
        long end = Environment.TickCount64 + 10_000;
        while (!done())
        {
            Wait(Link.Fd.Value);
            Link.OnReadable();
            if (Environment.TickCount64 > end) { throw new TimeoutException(what); }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Fd;
        public short Events;
        public short Revents;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(PollFd* fds, ulong count, int timeout);

    private static void Wait(int fd)
    {
        var p = new PollFd { Fd = fd, Events = 1 };
        _ = poll(&p, 1, 100);
    }

    /// <summary>Start to end: spawn, go, executed or failed, reaped.</summary>
    public Outcome Run(ExecRequest request, int cgroup = -1, params ReadOnlySpan<int> descriptors)
    {
        Result<uint> ticket = Link.Spawn(request, new Fd(cgroup), descriptors);
        if (ticket.Failed) { throw new InvalidOperationException($"spawn: {ticket.Error}"); }
        Outcome outcome = Of(ticket.Value);
        Until(() => outcome.Over || outcome.Pid != 0, "started");
        if (!outcome.Over) { _ = Link.Go(ticket.Value); }
        Until(() => outcome.Over, "executed or failed");
        if (outcome.Pid != 0) { outcome.Reap(); }
        return outcome;
    }

    public void OnStarted(uint ticket, int pid) => Of(ticket).Pid = pid;

    public void OnExecuted(uint ticket) => Of(ticket).Executed = true;

    public void OnFailed(uint ticket, ExecFailure failure) => Of(ticket).Failure = failure;

    public void OnExecutorLost(Errno error) => Lost = true;

    public void Dispose() => Link.Dispose();
}
