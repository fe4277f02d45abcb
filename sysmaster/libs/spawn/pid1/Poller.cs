using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Spawn.Pid1;

/// <summary>epoll(7) for a handful of descriptors, each with a number of its owner's; nothing is allocated after construction.</summary>
public sealed unsafe class Poller
{
    private const int MaxEvents = 8;
    private static readonly int s_sizeOfEvent = LibC.IsArm64 ? 16 : 12;   // packed on x86-64 only
    private static readonly int s_dataOffset = LibC.IsArm64 ? 8 : 4;

    private readonly int _epoll = LibC.epoll_create1(LibC.O_CLOEXEC);
    private readonly byte* _events = (byte*)NativeMemory.AllocZeroed(MaxEvents * 16);

    public void Add(int fd, int id, uint events) => Control(LibC.EPOLL_CTL_ADD, fd, id, events);

    public void Change(int fd, int id, uint events) => Control(LibC.EPOLL_CTL_MOD, fd, id, events);

    public void Remove(int fd) => Control(LibC.EPOLL_CTL_DEL, fd, 0, 0);

    /// <returns>How many are ready; 0 after the timeout (-1: none).</returns>
    public int Wait(int timeoutMsec) => Math.Max(LibC.epoll_wait(_epoll, _events, MaxEvents, timeoutMsec), 0);

    /// <summary>Of the i-th that is ready.</summary>
    public int Id(int i) => *(int*)(_events + i * s_sizeOfEvent + s_dataOffset);

    public uint Events(int i) => *(uint*)(_events + i * s_sizeOfEvent);

    private void Control(int operation, int fd, int id, uint events)
    {
        byte* e = stackalloc byte[16];
        new Span<byte>(e, 16).Clear();
        *(uint*)e = events;
        *(int*)(e + s_dataOffset) = id;
        _ = LibC.epoll_ctl(_epoll, operation, fd, e);
    }
}
