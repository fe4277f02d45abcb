using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>OpenFile=: opened here, before any right is given up, since it may lie where the service itself must not look.</summary>
internal static class OpenedFiles
{
    public static void Open(Setup s)
    {
        foreach (ExecOpenFile file in s.Request.OpenFiles)
        {
            Result<int> fd = OpenOne(file);
            if (!fd.Failed)
            {
                s.Opened.Add(fd.Value);
                s.OpenedNames.Add(file.Name);
            }
            else if ((file.Options & ExecOpenOptions.Graceful) == 0) { Report.Fail(ExecStatus.Fds, fd.Error, "Failed to open"u8, file.Path); }
        }
    }

    private static Result<int> OpenOne(ExecOpenFile file)
    {
        Result<FileFacts> facts = Paths.Stat(file.Path);
        if (!facts.Failed && facts.Value.IsSocket) { return UnixSocket.Connect(file.Path); }
        int flags = LibC.O_NOCTTY | LibC.O_CLOEXEC | ((file.Options & ExecOpenOptions.ReadOnly) != 0 ? LibC.O_RDONLY : LibC.O_RDWR);
        if ((file.Options & ExecOpenOptions.Append) != 0) { flags |= LibC.O_APPEND; }
        if ((file.Options & ExecOpenOptions.Truncate) != 0) { flags |= LibC.O_TRUNC; }
        Result<OwnedFd> opened = Sys.Open(file.Path, flags);
        return opened.Failed ? opened.Error : opened.Value.Take();
    }
}
