using System.Runtime.InteropServices;
using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Init;

/// <summary>
/// The loop of PID 1: who is told what, and when. Four facets: this file has the loop and the way to the core, `.Core.cs` the life of core,
/// executor and rescue shell, `.Children.cs` looking and reaping, `.Requests.cs` what the core asks for.
/// <para>Nothing is queued in here. What the core cannot take now stays where it is: an exit as a zombie, a signal pending in the kernel,
/// a kept descriptor behind the <see cref="InitState.Told"/> mark; <see cref="Pump"/> goes on when the link has room again.</para>
/// </summary>
internal sealed unsafe partial class Supervisor
{
    private const int MaxEvents = 8;
    private const int SizeOfSiginfo = 128;   // struct signalfd_siginfo
    private static readonly int s_sizeOfEvent = LibC.IsArm64 ? 16 : 12;
    private static readonly int s_dataOffset = LibC.IsArm64 ? 8 : 4;

    private readonly StateTable _table;
    private readonly InitState* _state;
    private readonly Words _argv;
    private readonly Words _environment;
    private readonly byte* _self;
    private readonly byte* _payload = (byte*)NativeMemory.AllocZeroed(InitProtocol.MaxPayload + 1);
    private readonly int _epoll;
    private readonly int _childFd;
    private readonly int _signalFd;
    private readonly int _retryFd;
    private bool _linkFull;
    private uint _linkWatch;
    private uint _signalWatch;

    private enum Source : ulong { Children = 1, Signals, Link, Calls, HangTimer, Retry }

    public Supervisor(StateTable table, Words argv, Words environment, byte* self)
    {
        _table = table;
        _state = table.State;
        _argv = argv;
        _environment = environment;
        _self = self;
        _core = CoreChild(InitProtocol.CorePath);
        _previousCore = CoreChild(PreviousCorePath);
        _executor = new Child(WordsOf(InitProtocol.ExecutorPath), environment, Numbers.BlockedMask, onConsole: false)
            .Pass(Numbers.ChildExecutorFd, InitProtocol.ExecutorSocketFd).CloseFrom(InitProtocol.ExecutorSocketFd + 1);
        _sulogin = new Child(WordsOf("/sbin/sulogin"), environment, 0, onConsole: true);
        _shell = new Child(WordsOf("/bin/sh"), environment, 0, onConsole: true);
        _epoll = LibC.epoll_create1(LibC.O_CLOEXEC);
        _childFd = LibC.signalfd4(-1, Numbers.ChildMask, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        _signalFd = LibC.signalfd4(-1, Numbers.ForwardedMask, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        _retryFd = LibC.timerfd_create(LibC.CLOCK_MONOTONIC, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        if (LibC.fcntl(Numbers.HangTimerFd, LibC.F_GETFD, 0) < 0) { MakeHangTimer(); }
        Watch(LibC.EPOLL_CTL_ADD, _childFd, Source.Children, LibC.EPOLLIN);
        Watch(LibC.EPOLL_CTL_ADD, _signalFd, Source.Signals, 0);
        Watch(LibC.EPOLL_CTL_ADD, _retryFd, Source.Retry, LibC.EPOLLIN);
        Watch(LibC.EPOLL_CTL_ADD, Numbers.HangTimerFd, Source.HangTimer, LibC.EPOLLIN);
    }

    /// <summary>For ever. Nothing is allocated from here on.</summary>
    public void Run()
    {
        Adopt();
        byte* events = stackalloc byte[MaxEvents * 16];
        while (true)
        {
            Pump();
            int n = LibC.epoll_wait(_epoll, events, MaxEvents, -1);
            for (int i = 0; i < n; i++)
            {
                byte* e = events + i * s_sizeOfEvent;
                Dispatch((Source)Marshal.ReadInt64((nint)(e + s_dataOffset)), *(uint*)e);
            }
        }
    }

    private static Words WordsOf(string path)
    {
        var words = new Words();
        words.Add(((ByteText)path).Span);
        return words;
    }

    private static long Now()
    {
        timespec now;
        _ = LibC.clock_gettime(LibC.CLOCK_MONOTONIC, &now);
        return now.tv_sec * 1_000_000 + now.tv_nsec / 1000;
    }

    private static void SetTimer(int fd, long msec)
    {
        var value = new itimerspec { it_value_sec = msec / 1000, it_value_nsec = msec % 1000 * 1_000_000 };
        _ = LibC.timerfd_settime(fd, 0, &value, null);
    }

    private static bool TakeTimer(int fd)
    {
        ulong expirations;
        return LibC.read(fd, (byte*)&expirations, sizeof(ulong)) == sizeof(ulong);   // else somebody has set it anew
    }

    /// <summary>Not CLOEXEC, and the same for every core: a fault of ours must not take it away from the core that arms it.</summary>
    private static void MakeHangTimer()
    {
        int fd = LibC.timerfd_create(LibC.CLOCK_MONOTONIC, LibC.O_NONBLOCK);
        if (fd < 0 || fd == Numbers.HangTimerFd) { return; }
        _ = LibC.dup3(fd, Numbers.HangTimerFd, 0);
        _ = LibC.close(fd);
    }

    private void Dispatch(Source source, uint events)
    {
        switch (source)
        {
            case Source.Children: OnChildSignals(); break;
            case Source.Link: OnLink(events); break;
            case Source.Calls: OnCall(); break;
            case Source.HangTimer: OnHang(); break;
            case Source.Retry: OnRetry(); break;
            default: break;   // signals: Pump reads them
        }
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
        SetWatch(ref _signalWatch, _signalFd, Source.Signals, signals ? LibC.EPOLLIN : 0);
        if (_state->CorePid != 0)
        {
            SetWatch(ref _linkWatch, Numbers.LinkFd, Source.Link, LibC.EPOLLIN | (_linkFull ? LibC.EPOLLOUT : 0));
        }
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
        // One at a time: what has been read and could not be sent would be lost.
        while (_state->Ready != 0 && HasRoom() && LibC.read(_signalFd, info, SizeOfSiginfo) == SizeOfSiginfo)
        {
            int* words = (int*)info;   // ssi_signo 0, ssi_code 8, ssi_pid 12, ssi_uid 16, ssi_int 44
            if (!Send(new InitHeader(InitMessageKind.Signal, words[0], words[2], words[3], words[4], words[11]))) { return; }
        }
    }

    /// <summary>Whether the link takes a message now. SIOCOUTQ counts what the core has not read; a small message needs well under 4 KiB.</summary>
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

    private void Watch(int operation, int fd, Source source, uint events)
    {
        byte* e = stackalloc byte[16];
        *(uint*)e = events;
        Marshal.WriteInt64((nint)(e + s_dataOffset), (long)source);
        _ = LibC.epoll_ctl(_epoll, operation, fd, e);
    }

    private void SetWatch(ref uint current, int fd, Source source, uint wanted)
    {
        if (current == wanted) { return; }
        current = wanted;
        Watch(LibC.EPOLL_CTL_MOD, fd, source, wanted);
    }
}
