namespace SysMaster.Core.Directives;

/// <summary>Where standard input comes from.</summary>
public enum ExecInput
{
    Null,
    Tty,
    TtyForce,
    TtyFail,
    Socket,
    Fd,
    Data,
    File,
}
