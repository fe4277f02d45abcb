using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>KeyringMode=: a session keyring of the unit's own, which knows the invocation id. keyrings(7). Kernels without keys are fine.</summary>
internal static unsafe class Keyring
{
    private const int KEYCTL_JOIN_SESSION_KEYRING = 1;
    private const int KEYCTL_SETPERM = 5;
    private const int KEYCTL_LINK = 8;
    private const int KEY_SPEC_SESSION_KEYRING = -3;
    private const int KEY_SPEC_USER_KEYRING = -4;
    private const uint PosUsrViewReadSearch = 0x0B0B0000;   // possessor and user: view, read, search

    private static nint SysAddKey => LibC.IsArm64 ? 217 : 248;

    private static nint SysKeyctl => LibC.IsArm64 ? 219 : 250;

    public static void Join(Setup s)
    {
        ExecRequest r = s.Request;
        if (r.Keyring == ExecKeyring.Inherit) { return; }
        bool asUser = s.Uid is not (ExecRequest.NoId or 0);
        uint gid = s.Gid == ExecRequest.NoId ? 0 : s.Gid;
        // The keyring belongs to whoever is the real user when it is made.
        bool switched = asUser && LibC.setresgid(gid, ExecRequest.NoId, ExecRequest.NoId) == 0 && LibC.setresuid(s.Uid, ExecRequest.NoId, ExecRequest.NoId) == 0;
        Errno error = LibC.syscall(SysKeyctl, KEYCTL_JOIN_SESSION_KEYRING) < 0 ? Errno.Last : Errno.None;
        if (!error.Failed && r.Keyring == ExecKeyring.Shared)
        {
            _ = LibC.syscall(SysKeyctl, KEYCTL_LINK, KEY_SPEC_USER_KEYRING, KEY_SPEC_SESSION_KEYRING);
        }
        if (switched && (LibC.setresuid(0, ExecRequest.NoId, ExecRequest.NoId) < 0 || LibC.setresgid(0, ExecRequest.NoId, ExecRequest.NoId) < 0))
        {
            Report.Fail(ExecStatus.Keyring, Errno.Last, "taking back rights"u8);
        }
        if (error.Failed)
        {
            bool absent = error == Errno.ENOSYS || error == Errno.EACCES || error == Errno.EPERM || error.Value == 122;   // EDQUOT
            if (!absent) { Report.Fail(ExecStatus.Keyring, error, "session keyring"u8); }
            return;
        }
        AddInvocationId(r.InvocationId);
    }

    private static void AddInvocationId(ByteText hex)
    {
        if (hex.Length != 32) { return; }
        byte* id = stackalloc byte[16];
        for (int i = 0; i < 16; i++)
        {
            if (!System.Buffers.Text.Utf8Parser.TryParse(hex.Span.Slice(i * 2, 2), out byte b, out _, 'x')) { return; }
            id[i] = b;
        }
        fixed (byte* type = "user\0"u8, name = "invocation_id\0"u8)
        {
            nint key = LibC.syscall(SysAddKey, (nint)type, (nint)name, (nint)id, 16, KEY_SPEC_SESSION_KEYRING);
            if (key >= 0) { _ = LibC.syscall(SysKeyctl, KEYCTL_SETPERM, key, unchecked((nint)PosUsrViewReadSearch)); }
        }
    }
}
