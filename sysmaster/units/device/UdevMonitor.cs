using System.Runtime.CompilerServices;
using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Device;

/// <summary>Listens to udev's multicast group (2) of NETLINK_KOBJECT_UEVENT. Only root may speak there; who else does is not heard.</summary>
internal sealed unsafe class UdevMonitor(DeviceTable table, Manager manager) : IFdObserver
{
    private const int NETLINK_KOBJECT_UEVENT = 15;
    private const int GroupUdev = 2;
    private const int PerTurn = 64;
    private const int ReceiveBuffer = 128 << 20;
    private const int SO_RCVBUF = 8;

    private readonly byte[] _buffer = new byte[16384];
    private OwnedFd? _socket;
    private FdSource? _source;

    public bool IsOpen => _socket is not null;

    public Errno Open()
    {
        Result<OwnedFd> socket = Sys.Socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
        if (socket.Failed) { return socket.Error; }
        Fd fd = socket.Value.Fd;
        if (Sys.SetSocketOption(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUFFORCE, ReceiveBuffer).Failed)
        {
            _ = Sys.SetSocketOption(fd, LibC.SOL_SOCKET, SO_RCVBUF, ReceiveBuffer);
        }
        _ = Sys.SetSocketOption(fd, LibC.SOL_SOCKET, LibC.SO_PASSCRED, 1);
        byte* address = stackalloc byte[12];   // struct sockaddr_nl: family, pad, pid, groups
        Unsafe.InitBlockUnaligned(address, 0, 12);
        *(ushort*)address = LibC.AF_NETLINK;
        *(uint*)(address + 8) = GroupUdev;
        if (LibC.bind(fd.Value, address, 12) < 0)
        {
            Errno error = Errno.Last;
            socket.Value.Dispose();
            return error;
        }
        _socket = socket.Value;
        _source = new FdSource(fd, EventPriority.Kernel, this);
        return manager.Loop.Add(_source, LibC.EPOLLIN);
    }

    public void Close()
    {
        _source?.Dispose();
        _source = null;
        _socket?.Dispose();
        _socket = null;
    }

    public void OnReady(FdSource source, uint ready)
    {
        for (int i = 0; i < PerTurn && _socket is { } socket; i++)
        {
            Errno error = ReceiveOne(socket.Fd);
            if (error == Errno.ENOBUFS)
            {
                Log.Warning($"Messages of udev were lost; its database is read anew.");
                table.Enumerate();
            }
            else if (error.Failed) { return; }
        }
    }

    private Errno ReceiveOne(Fd socket)
    {
        byte* control = stackalloc byte[128];
        byte* address = stackalloc byte[12];
        nint n;
        ucred sender = default;
        bool known = false;
        fixed (byte* data = _buffer)
        {
            var part = new iovec { iov_base = data, iov_len = (nuint)_buffer.Length };
            var message = new msghdr
            {
                msg_name = address, msg_namelen = 12, msg_iov = &part, msg_iovlen = 1, msg_control = control, msg_controllen = 128,
            };
            n = LibC.recvmsg(socket.Value, &message, LibC.MSG_DONTWAIT | LibC.MSG_CMSG_CLOEXEC);
            if (n < 0) { return Errno.Last; }
            if ((message.msg_flags & LibC.MSG_TRUNC) != 0 || message.msg_namelen < 12) { return Errno.None; }
            for (nuint at = 0; at + 16 <= message.msg_controllen;)
            {
                var header = (cmsghdr*)(control + at);
                if (header->cmsg_len < 16) { break; }
                if (header->cmsg_level == LibC.SOL_SOCKET && header->cmsg_type == LibC.SCM_CREDENTIALS)
                {
                    sender = *(ucred*)(control + at + 16);
                    known = true;
                }
                at += (header->cmsg_len + 7) & ~(nuint)7;
            }
        }
        uint groups = *(uint*)(address + 8);
        if (groups != GroupUdev || !known || sender.uid != 0) { return Errno.None; }
        if (UdevMessage.Parse(_buffer.AsSpan(0, (int)n), table.SysRoot) is { } device) { table.OnEvent(device); }
        return Errno.None;
    }
}
