using System.Runtime.CompilerServices;
using SysMaster.Linux;

namespace SysMaster.Events;

/// <summary>
/// One thread, one epoll. Each turn takes what is ready, runs it by <see cref="EventPriority"/>, then calls the owner's end-of-turn
/// work (queues, savepoint commit, effects, bus output) through <see cref="ITurnEnd"/>. Nothing polls; idle means asleep.
/// </summary>
public sealed unsafe class EventLoop : IDisposable
{
    private const int Batch = 64;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int s_eventSize = LibC.IsArm64 ? 16 : 12;
    private static readonly int s_dataOffset = LibC.IsArm64 ? 8 : 4;

    private readonly OwnedFd _epoll;
    private readonly byte[] _events = GC.AllocateArray<byte>(Batch * 16, pinned: true);
    private readonly EventSource?[] _ready = new EventSource?[Batch];
    private EventSource?[] _sources = new EventSource?[64];
    private readonly Stack<int> _free = new();
    private int _used;
    private bool _exit;

    public EventLoop()
    {
        int fd = LibC.epoll_create1(LibC.O_CLOEXEC);
        if (fd < 0) { throw new InvalidOperationException($"epoll_create1: {Errno.Last}"); }
        _epoll = new OwnedFd(fd);
    }

    /// <summary>Monotonic time at the start of this turn; one clock read serves all of it.</summary>
    public Usec Now { get; private set; } = Clock.Monotonic();

    /// <summary>The last wait brought nothing: whatever was ready has been served.</summary>
    public bool WasQuiet { get; private set; } = true;

    /// <summary>Who is told that the loop works or sleeps; null: nobody watches.</summary>
    public HangGuard? Guard { get; set; }

    /// <summary>
    /// Told of each descriptor that epoll_ctl(2) refused, before the caller is: most callers have no other way of serving it. Not of EPERM,
    /// which only says that there is nothing to wait for in such a file.
    /// </summary>
    public Action<Fd, Errno>? CannotWatch { get; set; }

    public Errno Add(EventSource source, uint interest)
    {
        int slot = _free.Count > 0 ? _free.Pop() : _used++;
        if (slot == _sources.Length) { Array.Resize(ref _sources, slot * 2); }
        Errno error = Control(LibC.EPOLL_CTL_ADD, source.Fd, interest, slot);
        if (error.Failed)
        {
            _free.Push(slot);
            return error;
        }
        _sources[slot] = source;
        source.Slot = slot;
        source.Loop = this;
        source.Interest = interest;
        return Errno.None;
    }

    public Errno Modify(EventSource source, uint interest)
    {
        if (source.Interest == interest) { return Errno.None; }
        Errno error = Control(LibC.EPOLL_CTL_MOD, source.Fd, interest, source.Slot);
        if (!error.Failed) { source.Interest = interest; }
        return error;
    }

    public void Remove(EventSource source)
    {
        if (source.Slot < 0) { return; }
        _ = Control(LibC.EPOLL_CTL_DEL, source.Fd, 0, source.Slot);
        _sources[source.Slot] = null;
        _free.Push(source.Slot);
        source.Slot = -1;
        source.Loop = null;
        source.Ready = 0;
    }

    public void Exit() => _exit = true;

    public void Run(ITurnEnd owner)
    {
        while (!_exit)
        {
            Turn(owner.HasWork ? 0 : -1);
            owner.OnTurnEnd();
        }
    }

    /// <summary>One wait and what it brought. The batch tolerates sources that vanish in it.</summary>
    public void Turn(int timeoutMs)
    {
        if (timeoutMs != 0) { Guard?.Disarm(); }
        int n = Wait(timeoutMs);
        WasQuiet = n == 0;
        Guard?.Arm();
        Now = Clock.Monotonic();
        for (int i = 0; i < n; i++)
        {
            ref byte at = ref _events[i * s_eventSize];
            uint ready = Unsafe.ReadUnaligned<uint>(ref at);
            EventSource? source = _sources[(int)Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, s_dataOffset))];
            _ready[i] = source;
            if (source is not null) { source.Ready = ready; }
        }
        for (EventPriority p = EventPriority.Executor; p <= EventPriority.Idle && n > 0; p++)
        {
            for (int i = 0; i < n; i++)
            {
                EventSource? source = _ready[i];
                if (source is null || source.Priority != p) { continue; }
                _ready[i] = null;
                uint ready = source.Ready;
                source.Ready = 0;
                if (source.Slot >= 0 && ready != 0) { source.Dispatch(ready); }
                Guard?.Slice();
            }
        }
    }

    public void Dispose() => _epoll.Dispose();

    private int Wait(int timeoutMs)
    {
        fixed (byte* events = _events)
        {
            int n;
            do { n = LibC.epoll_wait(_epoll.Value, events, Batch, timeoutMs); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            return Math.Max(n, 0);
        }
    }

    private Errno Control(int op, Fd fd, uint interest, int slot)
    {
        byte* ev = stackalloc byte[16];
        Unsafe.WriteUnaligned(ev, interest);
        Unsafe.WriteUnaligned(ev + s_dataOffset, (ulong)slot);
        Errno error;
        do { error = Errno.FromResult(LibC.epoll_ctl(_epoll.Value, op, fd.Value, ev)); }
        while (error == Errno.EINTR);
        if (error.Failed && error != Errno.EPERM) { CannotWatch?.Invoke(fd, error); }
        return error;
    }
}
