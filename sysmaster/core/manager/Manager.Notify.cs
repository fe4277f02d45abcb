using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>
/// The notification socket, /run/systemd/notify: datagrams with credentials, each told to the unit that the sender belongs to. They are looked
/// at (SO_PEEK_OFF walks on), and taken from the socket only after the commit of what they caused: a manager that dies in between leaves them
/// to the next, and a sender that waits for its barrier waits on. So one may be heard twice, which changes nothing.
/// </summary>
internal sealed unsafe class NotifySocket(Manager manager, OwnedFd socket) : IFdObserver
{
    private const int MaxDatagram = 4096;
    private const int MaxFds = 253;
    private const int PerTurn = 32;
    private const int DeathsToRefuse = 2;
    private static ReadOnlySpan<byte> Crumb => "notify"u8;

    private readonly byte[] _data = new byte[MaxDatagram + 1];
    private readonly byte[] _control = new byte[(MaxFds * 4) + 128];

    private int _heard;

    public OwnedFd Socket => socket;

    public void OnReady(FdSource source, uint ready)
    {
        Errno error = Sys.SetSocketOption(socket.Fd, LibC.SOL_SOCKET, LibC.SO_PEEK_OFF, 0);
        int limit = error.Failed ? 1 : PerTurn;   // without it, looking shows the first one only
        while (_heard < limit && HearOne(LibC.MSG_PEEK)) { }
        // An empty datagram that a manager before us has looked at is not shown again.
        if (_heard == 0 && HearOne(0)) { _heard = 0; }
    }

    /// <summary>What was heard is recorded.</summary>
    public void TakeHeard()
    {
        byte none;
        for (; _heard > 0; _heard--) { _ = LibC.recv(socket.Value, &none, 0, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC); }
    }

    private bool HearOne(int peek)
    {
        var fds = new List<OwnedFd>(0);
        ucred sender = default;
        nint n;
        int flags;
        fixed (byte* data = _data, control = _control)
        {
            var iov = new iovec { iov_base = data, iov_len = (nuint)_data.Length };
            var message = new msghdr { msg_iov = &iov, msg_iovlen = 1, msg_control = control, msg_controllen = (nuint)_control.Length };
            n = LibC.recvmsg(socket.Value, &message, LibC.MSG_DONTWAIT | LibC.MSG_CMSG_CLOEXEC | peek);
            if (n < 0) { return false; }
            _heard++;
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
        if (manager.Ledger?.Deaths(CrumbKind.Message, Crumb, (uint)sender.pid) >= DeathsToRefuse)
        {
            Log.Critical($"The manager has died twice at a notify message from PID {sender.pid}. Ignoring.");
            return;
        }
        manager.Ledger?.Point(CrumbKind.Message, Crumb, (uint)sender.pid);
        var message = new NotifyMessage(text, sender, fds);
        // A barrier is its descriptor: closing it says that everything before was read.
        if (message.Has("BARRIER=1"u8)) { return; }
        List<Unit> units = manager.UnitsOfSender(sender.pid);
        if (units.Count == 0)
        {
            Log.Warning($"Cannot find unit for notify message of PID {sender.pid}, ignoring.");
            return;
        }
        manager.History.Cause = new Cause(CauseKind.Notified, sender.pid);
        foreach (Unit unit in units) { unit.OnNotify(message); }
        manager.History.Cause = default;
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
