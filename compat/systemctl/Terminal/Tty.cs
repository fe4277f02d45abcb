using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>What the descriptors are connected to, and how wide that is.</summary>
internal static unsafe class Tty
{
    private const int DefaultColumns = 80;

    private static int s_columns;

    /// <summary>Standard output as the user sees it: asked before a pager takes it.</summary>
    public static bool IsOutput { get; } = IsTty(1);

    public static bool IsInput { get; } = IsTty(0);

    public static bool IsError { get; } = IsTty(2);

    /// <summary>$COLUMNS, else the terminal's, else 80.</summary>
    public static int Columns
    {
        get
        {
            if (s_columns == 0) { s_columns = Measure(); }
            return s_columns;
        }
    }

    /// <summary>No terminal to paint on, or one that cannot.</summary>
    public static bool IsDumb => !IsOutput || !IsError || Environment.GetEnvironmentVariable("TERM") is null or "dumb";

    private static bool IsTty(int fd)
    {
        kernel_termios termios;
        return LibC.ioctl(fd, LibC.TCGETS, (nint)(&termios)) == 0;
    }

    private static int Measure()
    {
        if (ushort.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out ushort asked) && asked > 0) { return asked; }
        winsize size;
        return LibC.ioctl(1, LibC.TIOCGWINSZ, (nint)(&size)) == 0 && size.ws_col > 0 ? size.ws_col : DefaultColumns;
    }
}
