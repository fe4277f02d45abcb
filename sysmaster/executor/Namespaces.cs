using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>Namespaces other than the mount one: network, IPC, host name, users. namespaces(7).</summary>
internal static unsafe class Namespaces
{
    /// <summary>What NetworkNamespacePath= and IPCNamespacePath= name, while nothing has been made yet and with the host's view.</summary>
    public static void Open(Setup s)
    {
        ExecRequest r = s.Request;
        if (!r.NetworkNamespacePath.IsEmpty) { s.NetworkNamespace = Open(r.NetworkNamespacePath, ExecStatus.Network, NoNetworkNamespace); }
        if (!r.IpcNamespacePath.IsEmpty) { s.IpcNamespace = Open(r.IpcNamespacePath, ExecStatus.Namespace, NoIpcNamespace); }
    }

    public static void EnterOrMake(Setup s)
    {
        ExecRequest r = s.Request;
        if (s.NetworkNamespace is { } network) { Enter(network, LibC.CLONE_NEWNET, ExecStatus.Network, NoNetworkNamespace, r.NetworkNamespacePath); }
        else if (r.NetworkNamespaceFd >= 0) { EnterShared(s, r.NetworkNamespaceFd, LibC.CLONE_NEWNET, "/proc/self/ns/net"u8, ExecStatus.Network); }
        else if (r.PrivateNetwork)
        {
            if (Make(LibC.CLONE_NEWNET, ExecStatus.Network)) { LoopbackUp(); }
        }
        if (s.IpcNamespace is { } ipc) { Enter(ipc, LibC.CLONE_NEWIPC, ExecStatus.Namespace, NoIpcNamespace, r.IpcNamespacePath); }
        else if (r.IpcNamespaceFd >= 0) { EnterShared(s, r.IpcNamespaceFd, LibC.CLONE_NEWIPC, "/proc/self/ns/ipc"u8, ExecStatus.Namespace); }
        else if (r.PrivateIpc) { _ = Make(LibC.CLONE_NEWIPC, ExecStatus.Namespace); }
    }

    public static void Hostname(Setup s)
    {
        if (s.Request.ProtectHostname) { _ = Make(LibC.CLONE_NEWUTS, ExecStatus.Namespace); }
    }

    /// <summary>root and the service's own user are themselves, everybody else is nobody. The maps are written by a fork that stays outside.</summary>
    public static void Users(Setup s)
    {
        if (!s.Request.PrivateUsers) { return; }
        uint uid = s.Uid == ExecRequest.NoId ? 0 : s.Uid;
        uint gid = s.Gid == ExecRequest.NoId ? 0 : s.Gid;
        int* ready = stackalloc int[2];
        if (LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, ready) < 0) { Report.Fail(ExecStatus.User, Errno.Last, "Failed to set up user namespacing"u8); }
        var args = new clone_args { exit_signal = 17 };
        int writer = LibC.clone3(&args);
        if (writer < 0) { Report.Fail(ExecStatus.User, Errno.Last, "Failed to set up user namespacing"u8); }
        if (writer == 0) { WriteMaps(ready[0], s.Pid, uid, gid); }
        _ = LibC.close(ready[0]);
        if (LibC.unshare(LibC.CLONE_NEWUSER) < 0) { Report.Fail(ExecStatus.User, Errno.Last, "Failed to set up user namespacing"u8); }
        byte go = 1;
        _ = LibC.sendto(ready[1], &go, 1, LibC.MSG_NOSIGNAL, null, 0);
        siginfo_t info;
        while (LibC.waitid(LibC.P_PID, writer, &info, LibC.WEXITED) < 0 && Errno.Last == Errno.EINTR) { }
        _ = LibC.close(ready[1]);
        if (info.si_code != LibC.CLD_EXITED || info.si_status != 0) { Report.Fail(ExecStatus.User, new Errno(info.si_status), "Failed to set up user namespacing"u8); }
    }

    private static void WriteMaps(int ready, int pid, uint uid, uint gid)
    {
        byte go;
        if (LibC.recv(ready, &go, 1, 0) != 1) { Report.Exit(5); }
        ByteText process = Paths.Concat(new ByteText("/proc/"u8), Identity.Number((ulong)pid).Span);
        // Groups could be dropped to get past a refusal that names them: user_namespaces(7).
        Errno error = Sys.WriteFile(Paths.Join(process, "setgroups"u8), "deny\n"u8);
        if (error == Errno.ENOENT) { error = Errno.None; }
        if (!error.Failed) { error = Sys.WriteFile(Paths.Join(process, "uid_map"u8), Map(uid)); }
        if (!error.Failed) { error = Sys.WriteFile(Paths.Join(process, "gid_map"u8), Map(gid)); }
        Report.Exit(error.Value);
    }

    private static byte[] Map(uint id)
    {
        ReadOnlySpan<byte> own = Identity.Number(id).Span;
        return id == 0 ? [.. "0 0 1\n"u8] : [.. "0 0 1\n"u8, .. own, (byte)' ', .. own, .. " 1\n"u8];
    }

    private static ReadOnlySpan<byte> NoNetworkNamespace => "Failed to open network namespace path"u8;

    private static ReadOnlySpan<byte> NoIpcNamespace => "Failed to open IPC namespace path"u8;

    private static OwnedFd Open(ByteText path, ExecStatus status, ReadOnlySpan<byte> what)
    {
        Result<OwnedFd> open = Sys.Open(path, LibC.O_RDONLY | LibC.O_NOCTTY | LibC.O_NONBLOCK);
        if (open.Failed) { Report.Fail(status, open.Error, what, path); }
        return open.Value;
    }

    private static void Enter(OwnedFd space, int type, ExecStatus status, ReadOnlySpan<byte> what, ByteText path)
    {
        using (space)
        {
            if (LibC.setns(space.Value, type) < 0) { Report.Fail(status, Errno.Last, what, path); }
        }
    }

    /// <summary>
    /// The namespace that lies in the pair; made and laid there by whoever comes first. The lock on the pair is a process's, so it goes with the one who dies
    /// between: the next one then finds nothing, and makes it.
    /// </summary>
    private static void EnterShared(Setup s, int index, int type, ReadOnlySpan<byte> own, ExecStatus status)
    {
        if (index + 1 >= s.Descriptors.Length) { Report.Fail(status, Errno.EBADF, "Failed to join namespace"u8); }
        Fd look = new(s.Descriptors[index]), put = new(s.Descriptors[index + 1]);
        Lock(look, F_WRLCK, status);
        Result<ReceivedMessage> found = Sys.ReceiveMessage(look, stackalloc byte[1], LibC.MSG_PEEK | LibC.MSG_DONTWAIT);
        if (found.Failed)
        {
            if (found.Error != Errno.EAGAIN) { Report.Fail(status, found.Error, "Failed to join namespace"u8); }
            MakeShared(put, type, own, status);
        }
        else if (found.Value.Fds is not [OwnedFd ns] || LibC.setns(ns.Value, type) < 0) { Report.Fail(status, Errno.Last, "Failed to join namespace"u8); }
        else { ns.Dispose(); }
        Lock(look, F_UNLCK, status);
    }

    private static void MakeShared(Fd put, int type, ReadOnlySpan<byte> own, ExecStatus status)
    {
        if (!Make(type, status)) { return; }
        if (type == LibC.CLONE_NEWNET) { LoopbackUp(); }
        Result<OwnedFd> made = Sys.Open(new ByteText(own), LibC.O_RDONLY);
        if (made.Failed) { Report.Fail(status, made.Error, "Failed to share namespace"u8); }
        using OwnedFd fd = made.Value;
        Result<int> sent = Sys.SendMessage(put, "x"u8, [fd.Value], LibC.MSG_DONTWAIT);
        if (sent.Failed) { Report.Fail(status, sent.Error, "Failed to share namespace"u8); }
    }

    private const short F_WRLCK = 1, F_UNLCK = 2;

    private static void Lock(Fd fd, short type, ExecStatus status)
    {
        const int F_SETLKW = 7;
        byte* flock = stackalloc byte[32];   // type, whence; start and length: all of it
        new Span<byte>(flock, 32).Clear();
        *(short*)flock = type;
        while (LibC.fcntl(fd.Value, F_SETLKW, (nint)flock) < 0)
        {
            if (Errno.Last != Errno.EINTR) { Report.Fail(status, Errno.Last, "Failed to join namespace"u8); }
        }
    }

    /// <returns>False where the kernel or the container does not let us: the service runs without, as under systemd.</returns>
    private static bool Make(int type, ExecStatus status)
    {
        if (LibC.unshare(type) == 0) { return true; }
        Errno error = Errno.Last;
        if (error == Errno.EPERM || error == Errno.ENOSYS || error == Errno.EINVAL || error == Errno.EOPNOTSUPP) { return false; }
        Report.Fail(status, error, "Failed to set up namespacing"u8);
        return false;
    }

    private static void LoopbackUp()
    {
        const int SIOCSIFFLAGS = 0x8914;
        const int SIOCGIFFLAGS = 0x8913;
        int socket = LibC.socket(LibC.AF_INET, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        if (socket < 0) { return; }
        byte* request = stackalloc byte[40];   // struct ifreq
        new Span<byte>(request, 40).Clear();
        "lo"u8.CopyTo(new Span<byte>(request, 16));
        if (LibC.ioctl(socket, SIOCGIFFLAGS, (nint)request) == 0)
        {
            *(short*)(request + 16) |= 1;   // IFF_UP
            _ = LibC.ioctl(socket, SIOCSIFFLAGS, (nint)request);
        }
        _ = LibC.close(socket);
    }
}
