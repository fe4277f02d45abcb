namespace SysMaster.Linux;

/// <summary>Metadata of files.</summary>
public static unsafe partial class Sys
{
    /// <summary>statx(2). Never triggers an automount at the last component. Without following links: about the link itself.</summary>
    public static Result<FileStat> Stat(ByteText path, bool followLinks = true, int dirfd = LibC.AT_FDCWD)
    {
        fixed (byte* p = path.CString)
        {
            return Statx(dirfd, p, LibC.AT_NO_AUTOMOUNT | (followLinks ? 0 : LibC.AT_SYMLINK_NOFOLLOW));
        }
    }

    /// <summary>About an open file, O_PATH included.</summary>
    public static Result<FileStat> Stat(Fd fd)
    {
        byte empty = 0;
        return Statx(fd.Value, &empty, LibC.AT_EMPTY_PATH);
    }

    /// <summary>faccessat(2) with the effective identity: may we, now? For tests like ConditionPathIsReadWrite=, never before an open. F_OK, or R_OK, W_OK, X_OK together.</summary>
    public static Errno Access(ByteText path, int mode, int dirfd = LibC.AT_FDCWD)
    {
        fixed (byte* p = path.CString) { return Errno.FromResult(LibC.faccessat(dirfd, p, mode, LibC.AT_EACCESS)); }
    }

    private static Result<FileStat> Statx(int dirfd, byte* path, int flags)
    {
        LibC.statx_buf buffer = default;
        int r;
        do { r = LibC.statx(dirfd, path, flags, LibC.STATX_BASIC_STATS | LibC.STATX_MNT_ID, &buffer); }
        while (r < 0 && Errno.Last == Errno.EINTR);
        return r < 0 ? Errno.Last : new FileStat(buffer);
    }
}
