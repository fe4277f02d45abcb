using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// The forked half: becomes the service. The order of the steps is systemd's, since units rely on it: what needs the host's files and
/// root's rights first, then namespaces, then the drop of rights, at last what would forbid the steps themselves (seccomp).
/// One step differs: LimitAS= and LimitDATA= come after everything that may map memory.
/// </summary>
internal static unsafe class Child
{
    public const int SIGPIPE = 13;

    [DoesNotReturn]
    public static void Run(ReadOnlySpan<byte> inline, int memfd, int length, int socket, int cgroup, ReadOnlySpan<int> fds, int fdCount)
    {
        Report.Use(socket);
        _ = LibC.close(ExecProtocol.ControlFd);
        HugePages.Allow();
        int[] descriptors = Descriptors(socket, fds, fdCount);
        ExecRequest? request = memfd < 0 ? ExecRequest.DecodeOrNull(inline) : DecodeMemfdOrNull(memfd, length);
        if (request is null) { Report.Fail(ExecStatus.Memory, Errno.EBADMSG, "decoding the request"u8); }
        Become(new Setup(request, descriptors, cgroup));
    }

    [DoesNotReturn]
    private static void Become(Setup s)
    {
        ExecRequest r = s.Request;
        if ((r.Flags & ExecFlags.NoRoot) != 0) { r.RootDirectory = default; }
        Identity.NameProcess(r.Path);
        Signals(r);
        if ((r.Flags & ExecFlags.SameProcessGroup) == 0) { _ = LibC.setsid(); }
        Terminal.Prepare(s);

        Security.ChooseLabels(s);
        Identity.Resolve(s);
        Stdio.BlockSocket(s);
        CgroupPlace.Enter(s);
        Stdio.Apply(s);
        Namespaces.Open(s);
        Scheduling.Apply(s);
        Utmp.Write(s);
        Terminal.GiveToUser(s);
        CgroupPlace.Delegate(s);
        CgroupPlace.LetWatchPressure(s);
        Directories.Make(s);
        CredentialStore.Make(s);
        OpenedFiles.Open(s);
        EnvironmentBlock.Build(s);
        _ = Native.umask(r.Umask);
        Keyring.Join(s);
        if (s.Sandbox) { Limits.Apply(s, late: false); }
        Pam.OpenSession(s);

        Namespaces.EnterOrMake(s);
        MountNamespace.Apply(s);
        if (s.Sandbox) { Namespaces.Hostname(s); }
        Identity.DropGroups(s);
        if (s.Sandbox) { Namespaces.Users(s); }

        ByteText program = ProgramSearch.Find(s);
        SeccompProgram[] filters = s.Sandbox ? SeccompFilters.Compile(s) : [];
        s.Environment.Unset(r.UnsetEnvironment);
        ByteText[] argv = Arguments.Expand(s);
        PassedFds.Arrange(s);
        if (s.Sandbox)
        {
            Limits.Apply(s, late: true);
            Capabilities.Bound(s);
        }
        Identity.BecomeUser(s);
        WorkingDirectory.Enter(s);
        if (s.Sandbox) { Security.BeforeFilters(s); }

        AwaitGo();
        Report.Hot();
        SeccompFilters.Load(filters);
        Execute(s, program, argv);
    }

    /// <summary>Nothing runs before the core has recorded the PID. Without a core nobody would look after it: exit silently.</summary>
    private static void AwaitGo()
    {
        byte go;
        nint n;
        do { n = LibC.recv(Report.Socket, &go, 1, 0); }
        while (n < 0 && Errno.Last == Errno.EINTR);
        if (n != 1 || go != ExecProtocol.Go) { Report.Exit(ExecProtocol.NeverRan); }
    }

    [DoesNotReturn]
    private static void Execute(Setup s, ByteText program, ByteText[] argv)
    {
        byte** args = CStrings(argv);
        byte** env = CStrings(s.Environment.Items);
        Errno error;
        fixed (byte* path = program.CString)
        {
            _ = LibC.execve(path, args, env);
            error = Errno.Last;
        }
        if (error == Errno.ENOENT && (s.Request.Flags & ExecFlags.IgnoreFailure) != 0) { Report.Skip(error, program); }
        Report.Fail(ExecStatus.Exec, error, "Failed to execute"u8, program);
    }

    private static byte** CStrings(ReadOnlySpan<ByteText> texts)
    {
        int bytes = 0;
        foreach (ByteText text in texts) { bytes += text.Length + 1; }
        var pointers = (byte**)NativeMemory.Alloc((nuint)((texts.Length + 1) * sizeof(byte*)));
        var at = (byte*)NativeMemory.Alloc((nuint)bytes + 1);
        for (int i = 0; i < texts.Length; i++)
        {
            ReadOnlySpan<byte> text = texts[i].CString;
            text.CopyTo(new Span<byte>(at, text.Length));
            pointers[i] = at;
            at += text.Length;
        }
        pointers[texts.Length] = null;
        return pointers;
    }

    /// <summary>Everything default and unblocked; SIGPIPE as the unit wants it. (What has a handler becomes default by execve itself.)</summary>
    private static void Signals(ExecRequest r)
    {
        if (!r.IgnoreSigpipe) { Native.SetDisposition(SIGPIPE, Native.SIG_DFL); }
        Errno error = LibC.SetSignalMask(LibC.SIG_SETMASK, 0);
        if (error.Failed) { Report.Fail(ExecStatus.SignalMask, error, "unblocking signals"u8); }
    }

    /// <summary>The request's descriptors: those of the message, then the batches that wait in our socket.</summary>
    private static int[] Descriptors(int socket, ReadOnlySpan<int> first, int count)
    {
        if (count > 1 << 20) { Report.Fail(ExecStatus.Fds, Errno.EBADMSG, "receiving descriptors"u8); }
        var all = new int[count];
        first.CopyTo(all);
        int have = first.Length;
        byte* control = stackalloc byte[SocketMessage.ControlSpace(ExecProtocol.FdsPerMessage)];
        while (have < count)
        {
            byte dummy;
            var vector = new iovec { iov_base = &dummy, iov_len = 1 };
            var message = new msghdr
            {
                msg_iov = &vector,
                msg_iovlen = 1,
                msg_control = control,
                msg_controllen = (nuint)SocketMessage.ControlSpace(ExecProtocol.FdsPerMessage),
            };
            nint n = LibC.recvmsg(socket, &message, LibC.MSG_CMSG_CLOEXEC);
            int got = n == 1 && message.msg_controllen > (nuint)sizeof(cmsghdr) && (message.msg_flags & LibC.MSG_CTRUNC) == 0
                ? ((int)((cmsghdr*)control)->cmsg_len - sizeof(cmsghdr)) / sizeof(int) : 0;
            if (got == 0 || got > count - have) { Report.Fail(ExecStatus.Fds, n < 0 ? Errno.Last : Errno.EBADMSG, "receiving descriptors"u8); }
            new ReadOnlySpan<int>(control + sizeof(cmsghdr), got).CopyTo(all.AsSpan(have));
            have += got;
        }
        return all;
    }

    private static ExecRequest? DecodeMemfdOrNull(int memfd, int length)
    {
        byte* memory = (byte*)NativeMemory.Alloc((nuint)length);
        int at = 0;
        while (at < length)
        {
            nint n = LibC.pread(memfd, memory + at, (nuint)(length - at), at);
            if (n < 0 && Errno.Last == Errno.EINTR) { continue; }
            if (n <= 0) { return null; }
            at += (int)n;
        }
        _ = LibC.close(memfd);
        return ExecRequest.DecodeOrNull(new ReadOnlySpan<byte>(memory, length));
    }
}
