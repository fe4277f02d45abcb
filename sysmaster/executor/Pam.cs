using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// PAMName=: account check, credentials, session. Who opened the session must close it, so a second process, "(sd-pam)", a fork of this one
/// with the handle in its memory, waits until the service has gone (SIGTERM by PR_SET_PDEATHSIG) and closes it then.
/// </summary>
internal static unsafe class Pam
{
    private const int SIGTERM = 15;
    private const int SIGCHLD = 17;

    [StructLayout(LayoutKind.Sequential)]
    private struct Conversation
    {
        public delegate* unmanaged[Cdecl]<int, void*, void*, void*, int> Callback;
        public void* Data;
    }

    public static void OpenSession(Setup s)
    {
        ExecRequest r = s.Request;
        if (r.PamName.IsEmpty || s.User is not Account user || !s.ChangeUser) { return; }
        fixed (uint* groups = s.Groups) { _ = LibC.setgroups((nuint)s.Groups.Length, groups); }
        NameForSyslog();
        var pam = new PamLibrary();
        nint handle;
        var conversation = new Conversation { Callback = &Converse };
        fixed (byte* service = r.PamName.CString, name = user.Name.CString)
        {
            Check(pam, 0, pam.Start(service, name, &conversation, &handle), "starting"u8);
        }
        ByteText tty = Terminal(r);
        if (!tty.IsEmpty)
        {
            fixed (byte* t = tty.CString) { Check(pam, handle, pam.SetItem(handle, PamLibrary.ItemTty, t), "setting the terminal"u8); }
        }
        foreach (ByteText entry in s.Environment.Items)
        {
            fixed (byte* e = entry.CString) { Check(pam, handle, pam.PutEnv(handle, e), "setting the environment"u8); }
        }
        Check(pam, handle, pam.AccountManagement(handle, PamLibrary.Silent), "checking the account"u8);
        _ = pam.SetCred(handle, PamLibrary.EstablishCred | PamLibrary.Silent);   // failing is common and harmless: pam_setcred(3) of modules without credentials
        Check(pam, handle, pam.OpenSession(handle, PamLibrary.Silent), "opening the session"u8);
        TakeEnvironment(s, pam.GetEnvList(handle));
        Hold(s, pam, handle);
        TakeGroups(s);
    }

    /// <summary>Modules write to the log under the name of the process, as ps shows it.</summary>
    private static void NameForSyslog()
    {
        const int LOG_AUTHPRIV = 10 << 3;
        byte* name = (byte*)NativeMemory.AllocZeroed(32);   // openlog keeps the pointer
        if (LibC.prctl(PR_GET_NAME, (nint)name, 0, 0, 0) == 0) { Native.openlog(name, 0, LOG_AUTHPRIV); }
    }

    private const int PR_GET_NAME = 16;

    private static ByteText Terminal(ExecRequest r)
    {
        if (!r.TtyPath.IsEmpty) { return r.TtyPath; }
        kernel_termios t;
        if (LibC.ioctl(0, LibC.TCGETS, (nint)(&t)) < 0) { return default; }
        Result<ByteText> path = Sys.ReadLink(Paths.OfFd(0));
        return path.Failed ? default : path.Value;
    }

    private static void TakeEnvironment(Setup s, byte** list)
    {
        if (list == null) { Report.Fail(ExecStatus.Pam, Errno.ENOMEM, "Failed to set up PAM session: environment"u8); }
        var all = new List<ByteText>();
        for (; *list != null; list++) { all.Add(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(*list)); }
        s.Environment.Replace(all);
    }

    /// <summary>Groups that a module has added (pam_group) stay.</summary>
    private static void TakeGroups(Setup s)
    {
        int count = LibC.getgroups(0, null);
        if (count <= 0) { return; }
        var list = new uint[count];
        fixed (uint* p = list) { _ = LibC.getgroups(count, p); }
        List<uint> all = [.. s.Groups];
        foreach (uint group in list)
        {
            if (!all.Contains(group)) { all.Add(group); }
        }
        s.Groups = [.. all];
    }

    private static void Hold(Setup s, PamLibrary pam, nint handle)
    {
        int* ready = stackalloc int[2];
        if (LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, ready) < 0) { Report.Fail(ExecStatus.Pam, Errno.Last, "Failed to set up PAM session: session holder"u8); }
        var args = new clone_args { exit_signal = SIGCHLD };
        int holder = LibC.clone3(&args);
        if (holder < 0) { Report.Fail(ExecStatus.Pam, Errno.Last, "Failed to set up PAM session: session holder"u8); }
        if (holder == 0) { HoldUntilParentExits(s, pam, handle, ready[1]); }
        _ = LibC.close(ready[1]);
        byte go;
        _ = LibC.recv(ready[0], &go, 1, 0);   // it must be listening for our end before we can have one
        _ = LibC.close(ready[0]);
    }

    private static void HoldUntilParentExits(Setup s, PamLibrary pam, nint handle, int ready)
    {
        fixed (byte* name = "(sd-pam)\0"u8) { _ = LibC.prctl(LibC.PR_SET_NAME, (nint)name, 0, 0, 0); }
        const ulong Wanted = 1ul << (SIGTERM - 1);
        _ = LibC.SetSignalMask(LibC.SIG_SETMASK, ulong.MaxValue);
        // Nothing of the service's may stay open through us: no socket, no pipe, not the core's.
        for (int fd = 0; fd < 3; fd++) { _ = LibC.close(fd); }
        CloseAllBut(ready);
        // As the user: what the service may signal is the user's, and closing a session needs no more (a module that does had its say at login).
        uint gid = s.Gid == ExecRequest.NoId ? s.User!.Gid : s.Gid;
        _ = LibC.setresgid(gid, gid, gid);
        _ = LibC.setresuid(s.Uid, s.Uid, s.Uid);
        _ = LibC.prctl(LibC.PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);   // after the change of user, which clears it
        byte go = 1;
        _ = LibC.sendto(ready, &go, 1, LibC.MSG_NOSIGNAL, null, 0);
        _ = LibC.close(ready);
        ulong set = Wanted;
        while (LibC.getppid() == s.Pid)
        {
            nint signal = LibC.syscall(LibC.IsArm64 ? 137 : 128, (nint)(&set), 0, 0, sizeof(ulong));   // rt_sigtimedwait
            if (signal == SIGTERM) { break; }
        }
        _ = pam.SetCred(handle, PamLibrary.DeleteCred | PamLibrary.Silent);
        int result = pam.CloseSession(handle, PamLibrary.Silent);
        _ = pam.End(handle, result | PamLibrary.DataSilent);
        Report.Exit(result == PamLibrary.Success ? 0 : 1);
    }

    private static void CloseAllBut(int keep)
    {
        if (keep > 3) { _ = LibC.syscall(LibC.SYS_close_range, 3, keep - 1, 0); }
        _ = LibC.syscall(LibC.SYS_close_range, keep + 1, int.MaxValue, 0);
    }

    private static void Check(PamLibrary pam, nint handle, int result, ReadOnlySpan<byte> what)
    {
        if (result == PamLibrary.Success) { return; }
        byte* text = pam.StrError(handle, result);
        ByteText why = text == null ? default : new ByteText(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
        Report.Fail(ExecStatus.Pam, Errno.EPERM, Paths.Concat(new ByteText("Failed to set up PAM session: "u8), what).Span, why);
    }

    /// <summary>Nobody sits at a service's start: every question is refused.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Converse(int count, void* messages, void* responses, void* data) => PamLibrary.ConvError;
}
