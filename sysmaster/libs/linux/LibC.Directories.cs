using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>Reading directories: getdents64(2), d_type of readdir(3).</summary>
public static unsafe partial class LibC
{
    public const byte DT_UNKNOWN = 0;
    public const byte DT_FIFO = 1;
    public const byte DT_CHR = 2;
    public const byte DT_DIR = 4;
    public const byte DT_BLK = 6;
    public const byte DT_REG = 8;
    public const byte DT_LNK = 10;
    public const byte DT_SOCK = 12;

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint getdents64(int fd, byte* dirp, nuint count);
}
