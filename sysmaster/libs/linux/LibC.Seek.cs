using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>lseek(2).</summary>
public static unsafe partial class LibC
{
    [LibraryImport("libc", SetLastError = true)]
    public static partial long lseek(int fd, long offset, int whence);
}
