namespace SysMaster.Core.Directives;

/// <summary>Which utmp records a process gets.</summary>
public enum ExecUtmpMode
{
    Init,
    Login,
    User,
}
