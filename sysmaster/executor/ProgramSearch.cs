using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>Which file to execute: seen from inside the namespaces, before the rights are dropped.</summary>
internal static unsafe class ProgramSearch
{
    private const int X_OK = 1;

    public static ByteText Find(Setup s)
    {
        ExecRequest r = s.Request;
        Errno error;
        if (r.Path.Span.Contains((byte)'/'))
        {
            error = Check(r.Path);
            if (!error.Failed) { return r.Path; }
        }
        else
        {
            error = Errno.ENOENT;
            foreach (ByteText directory in r.SearchPath)
            {
                ByteText path = Paths.Join(directory, r.Path.Span);
                Errno e = Check(path);
                if (!e.Failed) { return path; }
                if (e != Errno.ENOENT && e != Errno.ENOTDIR) { error = e; }
            }
        }
        if (error == Errno.ENOENT && (r.Flags & ExecFlags.IgnoreFailure) != 0) { Report.Skip(error, r.Path); }
        Report.Fail(ExecStatus.Exec, error, r.Path);
        return default;
    }

    private static Errno Check(ByteText path)
    {
        fixed (byte* p = path.CString) { return LibC.faccessat(LibC.AT_FDCWD, p, X_OK, 0) < 0 ? Errno.Last : Errno.None; }
    }
}
