using System.Runtime.InteropServices;

namespace SysMaster.Init;

/// <summary>
/// The loop of PID 1: who is told what, and when. This file has the loop and the way to the core, `.Core.cs` the life of core,
/// executor and rescue shell, `.Children.cs` looking and reaping, `.Requests.cs` what the core asks for.
/// <para>Nothing is queued in here. What the core cannot take now stays where it is: an exit as a zombie, a signal pending in
/// the kernel, a kept descriptor behind the <see cref="InitState.Told"/> mark; <see cref="Pump"/> goes on when there is room.</para>
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
    private readonly int _childFd;
    private readonly int _signalFd;
    private readonly int _retryFd;
    private bool _linkFull;
    private uint _linkWatch;
    private uint _signalWatch;

    private const int Children = 1, Signal = 2, Link = 3, Calls = 4, HangTimer = 5, Retry = 6;

    public Supervisor(StateTable table, Words argv, Words environment, byte* self)
    {
        _table = table;
        _state = table.State;
        _argv = argv;
        _environment = environment;
        _self = self;
        _core = CoreChild("/usr/lib/sysmaster/sysmaster"u8);
        _previousCore = CoreChild(PreviousCore);
        _executor = new Child(Words.Of("/usr/lib/sysmaster/sysmaster-executor"u8), environment, SignalMasks.Blocked, onConsole: false)
            .Pass(Numbers.ChildExecutorFd, InitProtocol.ExecutorSocketFd).CloseFrom(InitProtocol.ExecutorSocketFd + 1);
        _sulogin = new Child(Words.Of("/sbin/sulogin"u8), environment, 0, onConsole: true);
        _shell = new Child(Words.Of("/bin/sh"u8), environment, 0, onConsole: true);
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

    /// <summary>Not CLOEXEC, and the same for every core: a fault of ours must not take it from the core that arms it.</summary>
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
            Look();
            ForwardSignals();
        }
        bool signals = _state->CorePid != 0 && _state->Ready != 0 && !_linkFull;
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
                var end = new InitHeader(InitMessageKind.StartEnd, _state->Generation, _state->Failures, _state->LastCode,
                    _state->LastStatus, (long)_state->Flags);
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

    private void ForwardSignals()
    {
        byte* info = stackalloc byte[SizeOfSiginfo];
        // One at a time, and only with room for it: what has been read and could not be sent would be lost.
        while (_state->Ready != 0 && HasRoom() && LibC.read(_signalFd, info, SizeOfSiginfo) == SizeOfSiginfo)
        {
            int* words = (int*)info;   // ssi_signo 0, ssi_code 8, ssi_pid 12, ssi_uid 16, ssi_int 44
            if (!Send(new InitHeader(InitMessageKind.Signal, words[0], words[2], words[3], words[4], words[11]))) { return; }
        }
    }

    /// <summary>Whether the link takes a small message now: SIOCOUTQ counts what the core has not read.</summary>
    private bool HasRoom()
    {
        int queued;
        const int plenty = 64 * 1024;
        if (_linkFull) { return false; }
        if (LibC.ioctl(Numbers.LinkFd, LibC.SIOCOUTQ, (nint)(&queued)) != 0 || queued < plenty) { return true; }
        _linkFull = true;
        return false;
    }

    /// <returns>False when the link is full, or the core has closed it: then try again after EPOLLOUT, or never.</returns>
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
