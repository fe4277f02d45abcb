using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>The kernel's struct termios (not glibc's), TCGETS, ioctl_tty(2).</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct kernel_termios
{
    public uint c_iflag;
    public uint c_oflag;
    public uint c_cflag;
    public uint c_lflag;
    public byte c_line;
    public fixed byte c_cc[19];
}

/// <summary>struct winsize.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct winsize
{
    public ushort ws_row;
    public ushort ws_col;
    public ushort ws_xpixel;
    public ushort ws_ypixel;
}

/// <summary>Terminals: ioctl_tty(2), ioctl_console(2).</summary>
public static partial class LibC
{
    public const int TCGETS = 0x5401;
    public const int TCSETS = 0x5402;
    public const int TIOCEXCL = 0x540C;
    public const int TIOCNXCL = 0x540D;
    public const int TIOCSCTTY = 0x540E;
    public const int TIOCGWINSZ = 0x5413;
    public const int TIOCSWINSZ = 0x5414;
    public const int TIOCNOTTY = 0x5422;
    public const int TIOCVHANGUP = 0x5437;
    public const int TCFLSH = 0x540B;
    public const int KDSETMODE = 0x4B3A;
    public const int KDSKBMODE = 0x4B45;
    public const int KDGKBMODE = 0x4B44;
    public const int K_UNICODE = 3;
    public const int KD_TEXT = 0;
    public const int VT_GETSTATE = 0x5603;
    public const int VT_DISALLOCATE = 0x5608;
}
