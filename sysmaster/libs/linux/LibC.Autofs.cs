using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>The control device of autofs, /dev/autofs; linux/auto_dev-ioctl.h, linux/auto_fs.h. The same on x86-64 and arm64.</summary>
public static unsafe partial class LibC
{
    // _IOWR(0x93, number, struct autofs_dev_ioctl), whose size is 24.
    public const uint AUTOFS_DEV_IOCTL_VERSION = 0xC0189371;
    public const uint AUTOFS_DEV_IOCTL_PROTOVER = 0xC0189372;
    public const uint AUTOFS_DEV_IOCTL_PROTOSUBVER = 0xC0189373;
    public const uint AUTOFS_DEV_IOCTL_OPENMOUNT = 0xC0189374;
    public const uint AUTOFS_DEV_IOCTL_READY = 0xC0189376;
    public const uint AUTOFS_DEV_IOCTL_FAIL = 0xC0189377;
    public const uint AUTOFS_DEV_IOCTL_TIMEOUT = 0xC018937A;
    public const uint AUTOFS_DEV_IOCTL_EXPIRE = 0xC018937C;

    public const int autofs_ptype_missing_direct = 5;
    public const int autofs_ptype_expire_direct = 6;

    /// <summary>struct autofs_v5_packet with its padding, as the kernel writes it into the pipe.</summary>
    public const int AutofsPacketSize = 304;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int pipe2(int* fds, int flags);

    public const int SPLICE_F_NONBLOCK = 2;

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint tee(int fd_in, int fd_out, nuint size, uint flags);

    [LibraryImport("libc")]
    public static partial int getpgrp();
}
