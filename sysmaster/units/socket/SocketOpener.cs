using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Units.Service;
using Address = SysMaster.UnitFiles.SocketAddressText;
using AddressKind = SysMaster.UnitFiles.SocketAddressKind;

namespace SysMaster.Units.Socket;

/// <summary>Makes the descriptor of each kind of Listen…=. systemd.socket(5).</summary>
internal static class SocketOpener
{
    /// <returns>Non-blocking, CLOEXEC, listening where it can; the error of the call that refused otherwise.</returns>
    public static Result<OwnedFd> Open(SocketUnit unit, SocketPort port)
    {
        Result<OwnedFd> made = Make(unit, port);
        if (!made.Failed && port.Spec.Address.StartsWith("/"u8) && Selinux.Restore(port.Spec.Address) is { Failed: true } error)
        {
            Log.Warning(unit, $"The node {port.Spec.Address.ToString()} could not be labelled: {error.ToString()}");
        }
        return made;
    }

    private static Result<OwnedFd> Make(SocketUnit unit, SocketPort port) => port.Spec.Type switch
    {
        SocketListenType.FIFO => OpenFifo(unit, port.Spec.Address),
        SocketListenType.Special => OpenSpecial(unit, port.Spec.Address),
        SocketListenType.MessageQueue => OpenQueue(unit, port.Spec.Address),
        SocketListenType.USBFunction => Errno.EOPNOTSUPP,
        _ => OpenSocket(unit, port),
    };

    /// <summary>The address of a socket port as the kernel has it; empty if the text is none.</summary>
    public static byte[] AddressOf(SocketPort port)
    {
        if (Parse(port.Spec) is not { } address) { return []; }
        Span<byte> buffer = stackalloc byte[128];
        int length = address.CopyTo(buffer, HasIPv6, ScopeOf(address));
        return buffer[..length].ToArray();
    }

    private static Address? Parse(ListenSpec spec)
    {
        bool ok = spec.Type == SocketListenType.Netlink
            ? Address.TryParseNetlink(spec.Address.Span, out Address? address)
            : Address.TryParse(spec.Address.Span, out address);
        return ok ? address : null;
    }

    private static bool HasIPv6 => Sys.Exists("/proc/net/if_inet6"u8);

    private static unsafe uint ScopeOf(Address address)
    {
        if (address.Scope.IsEmpty) { return 0; }
        if (UnitFiles.NumberText.TryParse(address.Scope.Span, out uint number)) { return number; }
        fixed (byte* p = address.Scope.CString) { return LibC.if_nametoindex(p); }
    }

    private static Result<OwnedFd> OpenSocket(SocketUnit unit, SocketPort port)
    {
        if (Parse(port.Spec) is not { } address) { return Errno.EINVAL; }
        byte[] raw = AddressOf(port);
        int domain = raw[0] | (raw[1] << 8);
        int type = port.Spec.Type switch
        {
            SocketListenType.Stream => LibC.SOCK_STREAM,
            SocketListenType.Datagram => LibC.SOCK_DGRAM,
            SocketListenType.SequentialPacket => LibC.SOCK_SEQPACKET,
            _ => LibC.SOCK_RAW,
        };
        bool isIp = domain is LibC.AF_INET or LibC.AF_INET6;
        if (isIp && unit.WantsOtherNetwork)
        {
            Log.Error(unit, $"Listening on {port.Spec.Address.ToString()} in another network namespace is not supported.");
            return Errno.EOPNOTSUPP;
        }
        if (address.Kind == AddressKind.Path) { MakeParents(port.Spec.Address, unit.Get(SocketDirectives.DirectoryMode)); }
        // The peer credentials of a listener are those of whoever called listen(2); clients of a drop-in for PID 1 expect PID 1.
        if (domain == LibC.AF_UNIX && port.CanAccept && unit.Manager.Init is { } init)
        {
            return init.Listen(port.Spec.Address, type, unit.Get(SocketDirectives.SocketMode), Backlog(unit), label: LabelFor(unit));
        }
        int protocol = domain == LibC.AF_NETLINK ? address.NetlinkFamily : isIp ? unit.Get(SocketDirectives.SocketProtocol) : 0;
        ByteText label = LabelFor(unit);
        if (!label.IsEmpty) { Selinux.LabelSockets(label.Span); }
        Result<OwnedFd> made = Sys.Socket(domain, type | LibC.SOCK_NONBLOCK, protocol);
        if (!label.IsEmpty) { Selinux.LabelSockets("\n"u8); }
        if (made.Failed) { return made; }
        Errno error = SocketOptions.BeforeBind(unit, made.Value.Fd, domain);
        if (!error.Failed) { error = Bind(unit, made.Value.Fd, raw, address); }
        if (!error.Failed && port.CanAccept) { error = Errno.FromResult(LibC.listen(made.Value.Value, Backlog(unit))); }
        if (!error.Failed) { return made; }
        made.Value.Dispose();
        return error;
    }

    /// <summary>The domain in which the policy has the service: its socket is born in it, or the service may not even accept from it.</summary>
    /// <returns>Empty without a policy, and where the service is not known before a connection comes.</returns>
    private static ByteText LabelFor(SocketUnit unit) =>
        Selinux.IsEnabled && unit.Service is ServiceUnit service && service.Get(ServiceDirectives.ExecStart) is [var command, ..] ? Selinux.DomainOf(command.Path) : default;

    private static Errno Bind(SocketUnit unit, Fd socket, byte[] raw, Address address)
    {
        uint umask = address.Kind == AddressKind.Path ? ~unit.Get(SocketDirectives.SocketMode) & 0x1FF : 0x3F;
        Errno error = Sys.Bind(socket, raw, umask);
        if (error != Errno.EADDRINUSE || address.Kind != AddressKind.Path) { return error; }
        // A stale node of an earlier life.
        error = Sys.Unlink(address.Name);
        return error.Failed ? error : Sys.Bind(socket, raw, umask);
    }

    private static int Backlog(SocketUnit unit) => (int)Math.Min(unit.Get(SocketDirectives.Backlog), int.MaxValue);

    private static Result<OwnedFd> OpenFifo(SocketUnit unit, ByteText path)
    {
        MakeParents(path, unit.Get(SocketDirectives.DirectoryMode));
        uint mode = unit.Get(SocketDirectives.SocketMode);
        uint before = LibC.umask(~mode & 0x1FF);
        Errno error = Sys.MakeNode(path, LibC.S_IFIFO | (mode & 0x1FF));
        _ = LibC.umask(before);
        if (error.Failed && error != Errno.EEXIST) { return error; }
        Result<OwnedFd> fd = Sys.Open(path, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_NOFOLLOW);
        if (fd.Failed) { return fd; }
        Result<FileStat> stat = Sys.Stat(fd.Value.Fd);
        // Of SocketUser= it may be from an earlier life.
        bool ours = !stat.Failed && (stat.Value.Mode & LibC.S_IFMT) == LibC.S_IFIFO && (stat.Value.Mode & 0x1FF) == (mode & 0x1FF)
            && (stat.Value.Uid == LibC.geteuid() || !unit.Get(SocketDirectives.SocketUser).IsEmpty);
        if (!ours)
        {
            fd.Value.Dispose();
            return stat.Failed ? stat.Error : Errno.EEXIST;
        }
        ulong size = unit.Get(SocketDirectives.PipeSize);
        if (size > 0 && LibC.fcntl(fd.Value.Value, LibC.F_SETPIPE_SZ, (nint)Math.Min(size, int.MaxValue)) < 0)
        {
            Log.Warning(unit, $"Setting pipe size failed, ignoring: {Errno.Last.ToString()}");
        }
        return fd;
    }

    private static Result<OwnedFd> OpenSpecial(SocketUnit unit, ByteText path)
    {
        int access = unit.Get(SocketDirectives.Writable) ? LibC.O_RDWR : LibC.O_RDONLY;
        Result<OwnedFd> fd = Sys.Open(path, access | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_NOFOLLOW);
        if (fd.Failed) { return fd; }
        Result<FileStat> stat = Sys.Stat(fd.Value.Fd);
        if (!stat.Failed && (stat.Value.IsRegular || stat.Value.IsCharDevice)) { return fd; }
        fd.Value.Dispose();
        return stat.Failed ? stat.Error : Errno.EEXIST;
    }

    private static Result<OwnedFd> OpenQueue(SocketUnit unit, ByteText name)
    {
        uint mode = unit.Get(SocketDirectives.SocketMode);
        uint before = LibC.umask(~mode & 0x1FF);
        Result<OwnedFd> fd = Sys.OpenQueue(name, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CREAT, mode,
            unit.Get(SocketDirectives.MessageQueueMaxMessages), unit.Get(SocketDirectives.MessageQueueMessageSize));
        _ = LibC.umask(before);
        return fd;
    }

    /// <summary>Missing directories on the way, with DirectoryMode=.</summary>
    public static void MakeParents(ByteText path, uint mode)
    {
        ReadOnlySpan<byte> span = path.Span;
        uint before = LibC.umask(0);
        for (int i = 1; i < span.Length; i++)
        {
            // A refusal shows at the bind that follows, with its own error.
            if (span[i] == (byte)'/') { _ = Sys.MkdirLabelled(span[..i], mode); }
        }
        _ = LibC.umask(before);
    }
}
