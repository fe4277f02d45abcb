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
            ByteText home = Identity.Home(s);
            if (home.IsEmpty && !r.WorkingDirectoryMissingOk) { Report.Fail(ExecStatus.Chdir, Errno.ENXIO, "home directory"u8); }
            if (!home.IsEmpty) { path = home; }
        }
        int result;
        fixed (byte* p = path.CString) { result = LibC.chdir(p); }
        if (result == 0) { return; }
        if (!r.WorkingDirectoryMissingOk) { Report.Fail(ExecStatus.Chdir, Errno.Last, path); }
        fixed (byte* root = "/\0"u8) { _ = LibC.chdir(root); }
    }
}
