namespace SysMaster.Spawn.Exec;

/// <summary>UtmpMode=.</summary>
public enum ExecUtmpMode
{
    Init,
    Login,
    User,
}
