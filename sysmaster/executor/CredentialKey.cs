using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// Encrypted credentials: systemd-creds(1), which knows the machine's key and its TPM, makes the plain text of them. It runs as a child, before any right is
/// dropped; what it has to complain of goes where the unit's errors go.
/// </summary>
internal static unsafe class CredentialKey
{
    private const int SIGCHLD = 17;

    /// <param name="id">The name that was bound to it when it was encrypted.</param>
    /// <param name="content">Base64, as systemd-creds writes it.</param>
    /// <param name="limit">More than this is refused, in bytes.</param>
    public static byte[] Decrypt(ByteText id, ReadOnlySpan<byte> content, int limit)
    {
        using OwnedFd input = MemoryFile(id, content), output = MemoryFile(id, default);
        var args = new clone_args { exit_signal = SIGCHLD };
        int child = LibC.clone3(&args);
        if (child < 0) { Report.Fail(ExecStatus.Credentials, Errno.Last, "Failed to decrypt credential"u8, id); }
        if (child == 0) { Run(id, input.Value, output.Value); }
        siginfo_t info;
        while (LibC.waitid(LibC.P_PID, child, &info, LibC.WEXITED) < 0 && Errno.Last == Errno.EINTR) { }
        if (info.si_code == LibC.CLD_EXITED && info.si_status == ExecProtocol.NeverRan)
        {
            Report.Fail(ExecStatus.Credentials, Errno.ENOENT, "Failed to decrypt credential, there is no systemd-creds here"u8, id);
        }
        if (info.si_code != LibC.CLD_EXITED || info.si_status != 0) { Report.Fail(ExecStatus.Credentials, Errno.EBADMSG, "Failed to decrypt credential"u8, id); }
        Result<byte[]> plain = LibC.lseek(output.Value, 0, 0) < 0 ? Errno.Last : Sys.ReadToEnd(output.Fd, limit);
        if (plain.Failed) { Report.Fail(ExecStatus.Credentials, plain.Error, "Failed to decrypt credential"u8, id); }
        return plain.Value;
    }

    private static OwnedFd MemoryFile(ByteText id, ReadOnlySpan<byte> content)
    {
        Result<OwnedFd> file = Sys.MemoryFile("credential"u8, content);
        if (file.Failed) { Report.Fail(ExecStatus.Credentials, file.Error, "Failed to decrypt credential"u8, id); }
        return file.Value;
    }

    private static void Run(ByteText id, int input, int output)
    {
        if (LibC.dup3(input, 0, 0) < 0 || LibC.dup3(output, 1, 0) < 0) { Report.Exit(ExecProtocol.NeverRan); }
        ByteText name = Paths.Concat(new ByteText("--name="u8), id.Span);
        fixed (byte* program = "/usr/bin/systemd-creds\0"u8, decrypt = "decrypt\0"u8, bound = name.CString, standard = "-\0"u8, path = "PATH=/usr/bin:/bin\0"u8)
        {
            byte** argv = stackalloc byte*[6] { program, bound, decrypt, standard, standard, null };
            byte** environment = stackalloc byte*[2] { path, null };
            _ = LibC.execve(program, argv, environment);
        }
        Report.Exit(ExecProtocol.NeverRan);
    }
}
