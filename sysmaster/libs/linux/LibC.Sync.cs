using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>What is done to an open file as a whole: fsync(2), fchmod(2), fchown(2).</summary>
public static unsafe partial class LibC
{
    public const int SEEK_SET = 0;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fsync(int fd);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fchmod(int fd, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fchown(int fd, uint owner, uint group);
}
