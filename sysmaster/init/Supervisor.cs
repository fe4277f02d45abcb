using System.Runtime.InteropServices;

namespace SysMaster.Init;

/// <summary>
/// The loop of PID 1: who is told what, and when. This file has the loop and the way to the core, `.Core.cs` the life
/// of core, executor and shell, `.Children.cs` looking and reaping, `.Requests.cs` what the core asks for.
/// <para>Nothing is queued in here. What the core cannot take now stays where it is, an exit as a zombie, a signal in
/// the kernel, a kept descriptor behind the <see cref="InitState.Told"/> mark, until there is room.</para>
/// </summary>
internal sealed unsafe partial class Supervisor
{
    private const int SizeOfSiginfo = 128;   // struct signalfd_siginfo
    private readonly StateTable _table;
    private readonly InitState* _state;
    private readonly Words _argv;
    private readonly Words _environment;
    private readonly byte* _self;
    private readonly byte* _payload = (byte*)NativeMemory.AllocZeroed(InitProtocol.MaxPayload + 1);
    private readonly Poller _poller = new();
    private readonly int _childFd, _signalFd, _retryFd;
    private bool _linkFull;
    private uint _linkWatch, _signalWatch;

    private const int ReadyOfBefore = 1, Children = 1, Signal = 2, Link = 3, Calls = 4, HangTimer = 5, Retry = 6;

    public Supervisor(StateTable table, Words argv, Words environment, byte* self)
    {
        _table = table;
        _state = table.State;
        _argv = argv;
        _environment = environment;
        _self = self;
        _core = CoreChild();
        ReadOnlySpan<byte> executor = "/usr/lib/sysmaster/sysmaster-executor"u8, login = "/sbin/sulogin"u8;
        _executor = new Child(Words.Of(executor), environment, SignalMasks.Blocked, onConsole: false)
            .Pass(Numbers.ChildExecutorFd, InitProtocol.ExecutorSocketFd).CloseFrom(InitProtocol.ExecutorSocketFd + 1);
        _shell = new Child(Words.Of(Exists(login) ? login : "/bin/sh"u8), environment, 0, onConsole: true);
        _childFd = LibC.signalfd4(-1, Numbers.ChildMask, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        _signalFd = LibC.signalfd4(-1, Numbers.ForwardedMask, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        _retryFd = LibC.timerfd_create(LibC.CLOCK_MONOTONIC, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        if (LibC.fcntl(Numbers.HangTimerFd, LibC.F_GETFD, 0) < 0) { MakeHangTimer(); }
        _poller.Add(_childFd, Children, LibC.EPOLLIN);
        _poller.Add(_signalFd, Signal, 0);
        _poller.Add(_retryFd, Retry, LibC.EPOLLIN);
        _poller.Add(Numbers.HangTimerFd, HangTimer, LibC.EPOLLIN);
    }

    /// <summary>For ever. Nothing is allocated from here on.</summary>
    public void Run()
    {
        Adopt();
        while (true)
        {
            Pump();
            int ready = _poller.Wait(-1);
            for (int i = 0; i < ready; i++)
            {
                switch (_poller.Id(i))
                {
                    case Children: OnChildSignals(); break;
                    case Link: OnLink(_poller.Events(i)); break;
                    case Calls: OnCall(); break;
                    case HangTimer: OnHang(); break;
                    case Retry: OnRetry(); break;
                    default: break;   // signals: Pump reads them
                }
            }
        }
    }

    /// <summary>Not CLOEXEC, one for every core: a fault must not take it from the core that arms it.</summary>
    private static void MakeHangTimer()
    {
        int fd = LibC.timerfd_create(LibC.CLOCK_MONOTONIC, LibC.O_NONBLOCK);
        if (fd < 0 || fd == Numbers.HangTimerFd) { return; }
        _ = LibC.dup3(fd, Numbers.HangTimerFd, 0);
        _ = LibC.close(fd);
    }

    /// <summary>Tells the core all it can take now, in this order: what is kept, the exits, the signals.</summary>
    private void Pump()
    {
        if (_state->CorePid != 0 && !_linkFull && TellKept())
        {
            LookAt(LibC.P_ALL, 0);
            ForwardSignals();
        }
        bool signals = _state->CorePid != 0 && _state->Ready != 0 && !_linkFull && _state->SignalSent == 0;
        SetWatch(ref _signalWatch, _signalFd, Signal, signals ? LibC.EPOLLIN : 0);
        if (_state->CorePid == 0) { return; }
        SetWatch(ref _linkWatch, Numbers.LinkFd, Link, LibC.EPOLLIN | (_linkFull ? LibC.EPOLLOUT : 0));
    }

    /// <returns>True once StartEnd was sent.</returns>
    private bool TellKept()
    {
        for (; _state->Told < InitProtocol.MaxKept; _state->Told++)
        {
            if (_state->Told >= _state->High)
            {
                var end = new InitHeader(InitMessageKind.StartEnd, _state->Generation, _state->Failures,
                    _state->LastCode, _state->LastStatus, (long)_state->Flags);
                int version = InitProtocol.Version;
                if (!Send(end, new ReadOnlySpan<byte>(&version, sizeof(int)))) { return false; }
                _state->Told = InitProtocol.MaxKept;
                _state->Flags &= ~StartFlags.LastHung;
                return true;
            }
            if (_table.IsUsed(_state->Told) && !SendKept(_state->Told)) { return false; }
        }
        if (_executorIsNews)
        {
            int slot = _table.Find(InitProtocol.ExecutorName);
            if (slot >= 0 && !SendKept(slot)) { return false; }
            _executorIsNews = false;
        }
        return true;
    }

    private bool SendKept(int slot) =>
        Send(new InitHeader(InitMessageKind.KeptFd), _table.NameOf(slot), StateTable.FdOf(slot));

    /// <summary>One at a time: the next when the core has recorded it. An older core does not say so.</summary>
    private void ForwardSignals()
    {
        int* info = stackalloc int[SizeOfSiginfo / sizeof(int)];
        while (_state->Ready != 0 && !_linkFull && _state->SignalSent == 0)
        {
            if (_state->Signal.A == 0)
            {
                if (LibC.read(_signalFd, (byte*)info, SizeOfSiginfo) != SizeOfSiginfo) { return; }
                // ssi_signo 0, ssi_code 8, ssi_pid 12, ssi_uid 16, ssi_int 44
                _state->Signal = new InitHeader(InitMessageKind.Signal, info[0], info[2], info[3], info[4], info[11]);
                _state->Signal.Serial = ++_state->Signals;
            }
            if (!Send(_state->Signal)) { return; }
            if (_state->Ready == ReadyOfBefore) { _state->Signal = default; } else { _state->SignalSent = 1; }
        }
    }

    /// <returns>False when the link is full, or closed by the core: then again after EPOLLOUT, or never.</returns>
    private bool Send(in InitHeader header, ReadOnlySpan<byte> payload = default, int fd = -1)
    {
        Errno e = PacketSocket.Send(new Fd(Numbers.LinkFd), header, payload, fd, LibC.MSG_DONTWAIT);
        if (!e.Failed) { return true; }
        _linkFull = true;
        return false;
    }

    private void SetWatch(ref uint current, int fd, int id, uint wanted)
    {
        if (current == wanted) { return; }
        current = wanted;
        _poller.Change(fd, id, wanted);
    }
}
