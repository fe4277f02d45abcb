namespace SysMaster.Init;

/// <summary>
/// The life of the core: started with empty sockets, told what is kept, watched, and when it ends started again.
/// <code>
///   failures in a row   0, 1   at once
///                       2..4   after 0.1, 0.5, 1 s
///                       5..7   the previous build's core, if there is one, each after 2 s
///                       8      sulogin or a shell on the console; when that ends, on from 4
/// </code>
/// An end is a failure if it comes before Ready, or within 10 s of the start and not by SIGKILL or exit 0. The executor
/// is started anew at once, after five quick deaths every two seconds, or with the next core.
/// </summary>
internal sealed unsafe partial class Supervisor
{
    public const int FailuresToShell = 8;
    private const int FailuresToPrevious = 5, FailuresAfterShell = 4, MaxExecutorFailures = 5, RetryShellMsec = 10_000;
    private const long SettledUsec = 10_000_000, ShortUsec = 1_000_000;
    private const long HangUsec = 1_500_000;   // no work has less time: later than this the timer tells of other work

    private readonly Child _core, _executor, _shell;
    private int _shellPid, _executorFailures;
    private long _shellStarted, _executorStarted;
    private bool _executorIsNews;
    private long _lookedAt, _cpu, _firstCpu, _asleep;

    private static ReadOnlySpan<byte> InstalledCore => "/usr/lib/sysmaster/sysmaster"u8;
    private static ReadOnlySpan<byte> PreviousCore => "/usr/lib/sysmaster/previous/sysmaster"u8;
    private static int DelayMsec(int failures) => failures switch { <= 2 => 100, 3 => 500, 4 => 1000, _ => 2000 };

    private Child CoreChild()
    {
        Words argv = Words.Of(InstalledCore);
        if (!Program.IsUser) { argv.Add("--system"u8); }
        for (int i = 1; i < _argv.Count; i++) { argv.Add(_argv[i]); }   // the kernel's words, as they came
        return new Child(argv, _environment, SignalMasks.Blocked, onConsole: false)
            .Pass(Numbers.ChildLinkFd, InitProtocol.LinkFd)
            .Pass(Numbers.ChildCallFd, InitProtocol.CallFd)
            .Pass(Numbers.HangTimerFd, InitProtocol.HangTimerFd)
            .CloseFrom(InitProtocol.HangTimerFd + 1);
    }

    /// <summary>At first everything is missing; after a fault or an upgrade it is there, to be watched again.</summary>
    private void Adopt()
    {
        if (_state->ExecutorPid == 0) { StartExecutor(); }
        if (_state->CorePid != 0) { WatchLink(); } else { StartCore(); }
        CheckOwn();
    }

    private void StartCore()
    {
        if (_state->Failures >= FailuresToShell) { StartShell(); return; }
        if (_state->ExecutorPid == 0) { StartExecutor(); }
        bool paired = PacketSocket.Pair(Numbers.LinkFd, Numbers.ChildLinkFd)
            && PacketSocket.Pair(Numbers.CallFd, Numbers.ChildCallFd);
        bool previous = (_state->Failures >= FailuresToPrevious || !Exists(InstalledCore)) && Exists(PreviousCore);
        (_state->Ready, _state->Told, _state->SignalSent) = (0, 0, 0);
        (_announcedCount, _linkFull) = (0, false);
        int pid = !paired ? 0 : _core.Start(previous ? PreviousCore : InstalledCore);
        _ = LibC.close(Numbers.ChildLinkFd);
        _ = LibC.close(Numbers.ChildCallFd);
        if (pid == 0)
        {
            _state->Failures++;
            Clock.SetTimer(_retryFd, DelayMsec(_state->Failures));
            return;
        }
        _state->CorePid = pid;
        _state->Generation++;
        _state->CoreStarted = Clock.Now();
        _state->Flags = (_state->Flags & ~StartFlags.PreviousCore) | (previous ? StartFlags.PreviousCore : 0);
        WatchLink();
    }

    private static bool Exists(ReadOnlySpan<byte> path) { fixed (byte* p = path) { return IsProgram(p); } }

    private void OnCoreEnded(in siginfo_t info)
    {
        while (!TakeRequest().Failed) { }   // what it sent before it died counts
        CloseLink();
        Clock.SetTimer(Numbers.HangTimerFd, 0);
        bool hung = (_state->Flags & StartFlags.LastHung) != 0;
        bool planned = info.si_code == LibC.CLD_EXITED && info.si_status == 0;
        bool killed = info.si_code == LibC.CLD_KILLED && info.si_status == Numbers.SIGKILL && !hung;
        bool ready = _state->Ready != 0;
        long lived = Clock.Now() - _state->CoreStarted;
        (_state->CorePid, _state->LastCode, _state->LastStatus) = (0, info.si_code, info.si_status);
        if (!planned) { Log.Say(Log.Error, "the core ended: code "u8, info.si_code, ", status "u8, info.si_status); }
        bool meant = ready && (killed || planned);
        _state->Failures = meant ? 0 : ready && lived > SettledUsec ? 1 : _state->Failures + 1;
        if (_state->Failures <= 1) { StartCore(); }
        else { Clock.SetTimer(_retryFd, DelayMsec(_state->Failures)); }
    }

    /// <summary>
    /// The core's work takes long, told again each half second. It may have had no CPU; it hangs when it has used much
    /// more of it (a loop), or sleeps at four looks and did not run in between. In the kernel's hands (D) it is left.
    /// </summary>
    private void OnHang()
    {
        if (!Clock.TakeTimer(Numbers.HangTimerFd) || _state->CorePid == 0) { return; }
        byte state = ProcessFacts.State(_state->CorePid);
        long now = Clock.Now(), cpu = ProcessFacts.CpuUsec(_state->CorePid);
        if (now - _lookedAt >= HangUsec) { (_firstCpu, _cpu, _asleep) = (cpu, cpu, 0); }
        _asleep = state == 'S' && cpu == _cpu ? _asleep + 1 : 0;
        (_lookedAt, _cpu) = (now, cpu);
        if (_asleep < 4 && cpu - _firstCpu < HangUsec) { return; }
        Log.Say(Log.Error, "the core hangs and is killed: process "u8, _state->CorePid);
        _state->Flags |= StartFlags.LastHung;
        _ = LibC.kill(_state->CorePid, Numbers.SIGKILL);
    }

    private void OnRetry()
    {
        if (!Clock.TakeTimer(_retryFd)) { return; }
        if (_state->ExecutorPid == 0) { StartExecutor(); }
        if (_state->CorePid == 0 && _shellPid == 0) { StartCore(); }
    }

    private void StartExecutor()
    {
        bool done = PacketSocket.Pair(Numbers.CoreExecutorFd, Numbers.ChildExecutorFd)
            && !_table.Store(InitProtocol.ExecutorName, Numbers.CoreExecutorFd).Failed;
        _state->ExecutorPid = done ? _executor.Start() : 0;
        _ = LibC.close(Numbers.CoreExecutorFd);
        _ = LibC.close(Numbers.ChildExecutorFd);
        (_executorStarted, _executorIsNews) = (Clock.Now(), _state->CorePid != 0);
    }

    private void EndExecutor()
    {
        if (_state->ExecutorPid > 0) { _ = LibC.kill(_state->ExecutorPid, Numbers.SIGKILL); }
        _state->ExecutorPid = 0;
    }

    private void OnExecutorEnded(in siginfo_t info)
    {
        Log.Say(Log.Warning, "the executor ended: code "u8, info.si_code, ", status "u8, info.si_status);
        _state->ExecutorPid = 0;
        _executorFailures = Clock.Now() - _executorStarted < ShortUsec ? _executorFailures + 1 : 0;
        if (_executorFailures < MaxExecutorFailures) { StartExecutor(); }
        else if (_state->CorePid != 0) { Clock.SetTimer(_retryFd, DelayMsec(_executorFailures)); }
    }

    private void StartShell()
    {
        if (Program.IsUser) { Environment.Exit(1); }
        Log.Say(Log.Error, "the core does not stay up; a shell on the console, then another try"u8);
        _shellStarted = Clock.Now();
        _shellPid = _shell.Start();
        if (_shellPid == 0) { OnShellEnded(); }
    }

    private void OnShellEnded()
    {
        (_shellPid, _state->Failures) = (0, FailuresAfterShell);
        // Without a console it ends at once: then a try now and then, no loop.
        Clock.SetTimer(_retryFd, Clock.Now() - _shellStarted < ShortUsec ? RetryShellMsec : 1);
    }

    private void WatchLink()
    {
        _linkWatch = LibC.EPOLLIN;
        _poller.Add(Numbers.LinkFd, Link, LibC.EPOLLIN);
        _poller.Add(Numbers.CallFd, Calls, LibC.EPOLLIN);
    }

    private static void CloseLink()
    {
        _ = LibC.close(Numbers.LinkFd);   // our only copy: it leaves the epoll set with it
        _ = LibC.close(Numbers.CallFd);
    }
}
