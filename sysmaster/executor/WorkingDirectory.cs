using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>WorkingDirectory=: entered as the user, who may be the only one with the right to (NFS).</summary>
internal static unsafe class WorkingDirectory
{
    public static void Enter(Setup s)
    {
        ExecRequest r = s.Request;
        ByteText path = r.WorkingDirectory.IsEmpty ? new ByteText("/"u8) : r.WorkingDirectory;
        if (r.WorkingDirectoryHome)
        {
            Account? user = s.User;
            if (user is null)
            {
                Result<Account> self = Accounts.User(Identity.Number(LibC.getuid()));
                user = self.Failed ? null : self.Value;
            }
            if ((user is null || user.Home.IsEmpty) && !r.WorkingDirectoryMissingOk) { Report.Fail(ExecStatus.Chdir, Errno.ENXIO, "home directory"u8); }
            path = user is null || user.Home.IsEmpty ? new ByteText("/"u8) : user.Home;
        }
        int result;
        fixed (byte* p = path.CString) { result = LibC.chdir(p); }
        if (result == 0) { return; }
        if (!r.WorkingDirectoryMissingOk) { Report.Fail(ExecStatus.Chdir, Errno.Last, path); }
        fixed (byte* root = "/\0"u8) { _ = LibC.chdir(root); }
    }
}
