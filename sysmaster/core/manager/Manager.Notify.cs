using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>The notification socket, /run/systemd/notify: datagrams with credentials, each told to the unit that the sender belongs to.</summary>
internal sealed unsafe class NotifySocket(Manager manager, OwnedFd socket) : IFdObserver
{
    private const int MaxDatagram = 4096;
    private const int MaxFds = 253;
    private const int PerTurn = 32;

    private readonly byte[] _data = new byte[MaxDatagram + 1];
    private readonly byte[] _control = new byte[(MaxFds * 4) + 128];

    public OwnedFd Socket => socket;

    public void OnReady(FdSource source, uint ready)
    {
        for (int i = 0; i < PerTurn && ReceiveOne(); i++) { }
    }

    private bool ReceiveOne()
    {
        var fds = new List<OwnedFd>(0);
        ucred sender = default;
        nint n;
        int flags;
        fixed (byte* data = _data, control = _control)
        {
            var iov = new iovec { iov_base = data, iov_len = (nuint)_data.Length };
            var message = new msghdr { msg_iov = &iov, msg_iovlen = 1, msg_control = control, msg_controllen = (nuint)_control.Length };
            n = LibC.recvmsg(socket.Value, &message, LibC.MSG_DONTWAIT | LibC.MSG_CMSG_CLOEXEC);
            if (n < 0) { return false; }
            flags = message.msg_flags;
            nuint at = 0;
            while (at + 16 <= message.msg_controllen)
            {
                var header = (cmsghdr*)(control + at);
                if (header->cmsg_len < 16) { break; }
                if (header->cmsg_level == LibC.SOL_SOCKET && header->cmsg_type == LibC.SCM_CREDENTIALS) { sender = *(ucred*)(control + at + 16); }
                else if (header->cmsg_level == LibC.SOL_SOCKET && header->cmsg_type == LibC.SCM_RIGHTS)
                {
                    for (int* fd = (int*)(control + at + 16); (byte*)fd < control + at + header->cmsg_len; fd++) { fds.Add(new OwnedFd(*fd)); }
                }
                at += (header->cmsg_len + 7) & ~(nuint)7;
            }
        }
        Deliver((int)n, flags, sender, fds);
        foreach (OwnedFd left in fds) { left.Dispose(); }
        return true;
    }

    private void Deliver(int length, int flags, ucred sender, List<OwnedFd> fds)
    {
        ReadOnlySpan<byte> text = _data.AsSpan(0, length);
        if (sender.pid <= 0)
        {
            Log.Warning($"Received notify message without valid credentials. Ignoring.");
            return;
        }
        if (length > MaxDatagram || (flags & LibC.MSG_TRUNC) != 0)
        {
            Log.Warning($"Received notify message from PID {sender.pid} exceeded maximum size. Ignoring.");
            return;
        }
        if ((flags & LibC.MSG_CTRUNC) != 0) { Log.Warning($"Got message with truncated control data (too many fds sent?) from PID {sender.pid}, ignoring the descriptors."); }
        text = text.TrimEnd((byte)0);
        if (text.Contains((byte)0))
        {
            Log.Warning($"Received notify message with embedded NUL from PID {sender.pid}. Ignoring.");
            return;
        }
        var message = new NotifyMessage(text, sender, fds);
        // A barrier is its descriptor: closing it says that everything before was read.
        if (message.Has("BARRIER=1"u8)) { return; }
        List<Unit> units = manager.UnitsOfSender(sender.pid);
        if (units.Count == 0)
        {
            Log.Warning($"Cannot find unit for notify message of PID {sender.pid}, ignoring.");
            return;
        }
        foreach (Unit unit in units) { unit.OnNotify(message); }
    }
}

/// <summary>Who a notification is for.</summary>
public sealed partial class Manager
{
    /// <summary>The unit of the sender's control group, and those that watch the PID.</summary>
    internal List<Unit> UnitsOfSender(int pid)
    {
        var units = new List<Unit>(1);
        if (UnitOfPid(pid) is { } owner) { units.Add(owner); }
        if (_watched.TryGetValue(pid, out List<Unit>? watching))
        {
            foreach (Unit unit in watching)
            {
                if (!units.Contains(unit)) { units.Add(unit); }
            }
        }
        return units;
    }
}
