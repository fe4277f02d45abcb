using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>madvise(2).</summary>
public static unsafe partial class LibC
{
    public const int MADV_DONTNEED = 4;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int madvise(void* addr, nuint length, int advice);
}
