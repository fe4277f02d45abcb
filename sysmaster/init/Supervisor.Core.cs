using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Init;

/// <summary>
/// The life of the core: started with empty sockets, told what is kept, watched, and when it ends (its last words read) started again.
/// <code>
///   failures in a row   0, 1   at once        a failure: an end before Ready, or not by SIGKILL or exit 0, within 30 s of its start
///                       2..4   0.1, 0.5, 1 s
///                       5..7   the previous build's core, if there is one, each after 2 s
///                       8      sulogin or a shell on the console; when that ends, on from 4
/// </code>
/// The executor is started anew at once, after five quick deaths only together with the next core.
/// </summary>
internal sealed unsafe partial class Supervisor
{
    private const string PreviousCorePath = "/usr/lib/sysmaster/previous/sysmaster";
    private const int FailuresToPrevious = 5;
    private const int FailuresToShell = 8;
    private const int FailuresAfterShell = 4;
    private const int MaxExecutorFailures = 5;
    private const long SettledUsec = 30_000_000;
    private const long ShortUsec = 1_000_000;
    private const int RetryShellMsec = 10_000;

    private readonly Child _core;
    private readonly Child _previousCore;
    private readonly Child _executor;
    private readonly Child _sulogin;
    private readonly Child _shell;
    private int _shellPid;
    private long _shellStarted;
    private long _executorStarted;
    private int _executorFailures;
    private bool _executorIsNews;

    private static int DelayMsec(int failures) => failures switch { <= 1 => 0, 2 => 100, 3 => 500, 4 => 1000, _ => 2000 };

    private Child CoreChild(string path)
    {
        Words argv = WordsOf(path);
        argv.Add("--system"u8);
        for (int i = 1; i < _argv.Count; i++) { argv.Add(_argv[i]); }   // the kernel's or container manager's words, as they came
        return new Child(argv, _environment, Numbers.BlockedMask, onConsole: false)
            .Pass(Numbers.ChildLinkFd, InitProtocol.LinkFd)
            .Pass(Numbers.ChildCallFd, InitProtocol.CallFd)
            .Pass(Numbers.HangTimerFd, InitProtocol.HangTimerFd)
            .CloseFrom(InitProtocol.HangTimerFd + 1);
    }

    /// <summary>At first everything is missing; after a fault or an upgrade of init all is there and only has to be watched again.</summary>
    private void Adopt()
    {
        if (_state->ExecutorPid == 0) { StartExecutor(); }
        if (_state->CorePid == 0)
        {
            CloseLink();
            StartCore();
            return;
        }
        WatchLink();
        CheckOwn();
    }

    private void StartCore()
    {
        if (_state->Failures >= FailuresToShell) { StartShell(); return; }
        if (_state->ExecutorPid == 0 && _executorFailures >= MaxExecutorFailures) { _executorFailures = 0; StartExecutor(); }
        if (!Pair(Numbers.LinkFd, Numbers.ChildLinkFd) || !Pair(Numbers.CallFd, Numbers.ChildCallFd)) { CoreFailed(); return; }
        SetTimer(Numbers.HangTimerFd, 0);
        bool previous = _state->Failures >= FailuresToPrevious && Exists(PreviousCorePathBytes);
        _state->Ready = 0;
        _state->Told = 0;
        _announcedCount = 0;
        _linkFull = false;
        int pid = previous ? _previousCore.Start() : _core.Start();
        _ = LibC.close(Numbers.ChildLinkFd);
        _ = LibC.close(Numbers.ChildCallFd);
        if (pid == 0) { CoreFailed(); return; }
        _state->CorePid = pid;
        _state->Generation++;
        _state->CoreStarted = Now();
        _state->Flags = previous ? _state->Flags | StartFlags.PreviousCore : _state->Flags & ~StartFlags.PreviousCore;
        WatchLink();
    }

    private static ReadOnlySpan<byte> PreviousCorePathBytes => "/usr/lib/sysmaster/previous/sysmaster"u8;

    private static bool Exists(ReadOnlySpan<byte> path)
    {
        const int X_OK = 1;
        fixed (byte* p = path) { return LibC.faccessat(LibC.AT_FDCWD, p, X_OK, 0) == 0; }
    }

    private void CoreFailed()
    {
        CloseLink();
        _state->Failures++;
        SetTimer(_retryFd, Math.Max(DelayMsec(_state->Failures), 1));
    }

    private void OnCoreEnded(in siginfo_t info)
    {
        Drain();
        CloseLink();
        SetTimer(Numbers.HangTimerFd, 0);
        bool hung = (_state->Flags & StartFlags.LastHung) != 0;
        bool planned = info.si_code == LibC.CLD_EXITED && info.si_status == 0;
        bool killed = info.si_code == LibC.CLD_KILLED && info.si_status == Numbers.SIGKILL && !hung;
        bool ready = _state->Ready != 0;
        long lived = Now() - _state->CoreStarted;
        _state->CorePid = 0;
        _state->Ready = 0;
        _state->LastCode = info.si_code;
        _state->LastStatus = info.si_status;
        if (!planned || !ready) { Log.Say(Log.Error, "the core ended: code "u8, info.si_code, ", status "u8, info.si_status); }
        if (ready && (lived > SettledUsec || killed || (planned && lived > ShortUsec))) { _state->Failures = planned || killed ? 0 : 1; }
        else { _state->Failures++; }
        int delay = DelayMsec(_state->Failures);
        if (delay == 0) { StartCore(); }
        else { SetTimer(_retryFd, delay); }
    }

    private void OnHang()
    {
        if (!TakeTimer(Numbers.HangTimerFd) || _state->CorePid == 0) { return; }
        Log.Say(Log.Error, "the core hangs and is killed: process "u8, _state->CorePid);
        _state->Flags |= StartFlags.LastHung;
        _ = LibC.kill(_state->CorePid, Numbers.SIGKILL);
    }

    private void OnRetry()
    {
        if (TakeTimer(_retryFd) && _state->CorePid == 0 && _shellPid == 0) { StartCore(); }
    }

    private void StartExecutor()
    {
        _state->ExecutorPid = 0;
        if (!Exists("/usr/lib/sysmaster/sysmaster-executor"u8) || !PairExecutor(out int ours))
        {
            _executorFailures = MaxExecutorFailures;
            Log.Say(Log.Error, "no executor"u8);
            return;
        }
        _ = _table.Store(InitProtocol.ExecutorName, ours);
        _ = LibC.close(ours);
        _state->ExecutorPid = _executor.Start();
        _ = LibC.close(Numbers.ChildExecutorFd);
        _executorStarted = Now();
        _executorIsNews = _state->CorePid != 0;
    }

    private void OnExecutorEnded(in siginfo_t info)
    {
        Log.Say(Log.Warning, "the executor ended: code "u8, info.si_code, ", status "u8, info.si_status);
        _state->ExecutorPid = 0;
        _executorFailures = Now() - _executorStarted < ShortUsec ? _executorFailures + 1 : 0;
        if (_executorFailures < MaxExecutorFailures) { StartExecutor(); }
    }

    private void StartShell()
    {
        Log.Say(Log.Error, "the core cannot be kept up, failures "u8, _state->Failures);
        Log.Say(Log.Error, "a shell on the console; when it ends, the core is tried again"u8);
        _shellStarted = Now();
        _shellPid = Exists("/sbin/sulogin"u8) ? _sulogin.Start() : _shell.Start();
        if (_shellPid == 0) { _shellPid = _shell.Start(); }
        if (_shellPid != 0) { return; }
        _state->Failures = FailuresAfterShell;
        SetTimer(_retryFd, RetryShellMsec);
    }

    private void OnShellEnded()
    {
        _shellPid = 0;
        _state->Failures = FailuresAfterShell;
        bool atOnce = Now() - _shellStarted < ShortUsec;   // no console: not a loop, but a try now and then
        SetTimer(_retryFd, atOnce ? RetryShellMsec : 1);
    }

    /// <summary>Our end under a number that a fault does not close, the child's end where its file actions look for it.</summary>
    private static bool Pair(int ours, int theirs)
    {
        int* ends = stackalloc int[2];
        if (LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, ends) != 0) { return false; }
        bool done = LibC.dup3(ends[0], ours, 0) >= 0 && LibC.dup3(ends[1], theirs, LibC.O_CLOEXEC) >= 0;
        _ = LibC.close(ends[0]);
        _ = LibC.close(ends[1]);
        return done;
    }

    private static bool PairExecutor(out int ours)
    {
        int* ends = stackalloc int[2];
        ours = -1;
        if (LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, ends) != 0) { return false; }
        bool done = LibC.dup3(ends[1], Numbers.ChildExecutorFd, LibC.O_CLOEXEC) >= 0;
        _ = LibC.close(ends[1]);
        ours = ends[0];
        return done;
    }

    private void WatchLink()
    {
        _linkWatch = LibC.EPOLLIN;
        Watch(LibC.EPOLL_CTL_ADD, Numbers.LinkFd, Source.Link, LibC.EPOLLIN);
        Watch(LibC.EPOLL_CTL_ADD, Numbers.CallFd, Source.Calls, LibC.EPOLLIN);
    }

    private static void CloseLink()
    {
        _ = LibC.close(Numbers.LinkFd);   // our only copy: it leaves the epoll set with it
        _ = LibC.close(Numbers.CallFd);
    }
}
