namespace SysMaster.Linux;

/// <summary>Modes and owners of files.</summary>
public static unsafe partial class Sys
{
    /// <summary>Follows links: only for what nobody else can replace.</summary>
    public static Errno Chmod(ByteText path, uint mode)
    {
        fixed (byte* p = path.CString) { return Errno.FromResult(LibC.fchmodat(LibC.AT_FDCWD, p, mode, 0)); }
    }

    /// <summary>Never follows a link.</summary>
    public static Errno Chown(ByteText path, uint uid, uint gid)
    {
        fixed (byte* p = path.CString) { return Errno.FromResult(LibC.fchownat(LibC.AT_FDCWD, p, uid, gid, LibC.AT_SYMLINK_NOFOLLOW)); }
    }
}
