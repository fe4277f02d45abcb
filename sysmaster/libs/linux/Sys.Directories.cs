namespace SysMaster.Linux;

/// <summary>Directories: enumerating their names.</summary>
public static unsafe partial class Sys
{
    /// <summary>Opens a directory for one pass over its names. The caller disposes the reader.</summary>
    /// <param name="path">Relative to <paramref name="dirfd"/>, or absolute.</param>
    /// <param name="dirfd">What a relative path is relative to.</param>
    /// <param name="flags">Added to O_DIRECTORY: O_NOFOLLOW for foreign trees.</param>
    /// <returns>ENOENT, ENOTDIR, EACCES… as open(2).</returns>
    public static Result<DirectoryReader> OpenDirectory(ByteText path, int dirfd = LibC.AT_FDCWD, int flags = 0)
    {
        Result<OwnedFd> fd = Open(path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NONBLOCK | flags, 0, dirfd);
        return fd.Failed ? fd.Error : new DirectoryReader(fd.Value);
    }
}
