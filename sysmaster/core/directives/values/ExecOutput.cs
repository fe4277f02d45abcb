namespace SysMaster.Core.Directives;

/// <summary>Where standard output and error go.</summary>
public enum ExecOutput
{
    Inherit,
    Null,
    Tty,
    Kmsg,
    KmsgAndConsole,
    Journal,
    JournalAndConsole,
    Socket,
    Fd,
    File,
    Append,
    Truncate,
}
