namespace SysMaster.Spawn.Exec;

/// <summary>RuntimeDirectory= and its sisters, in this order everywhere.</summary>
public enum ExecDirectoryKind
{
    Runtime,
    State,
    Cache,
    Logs,
    Configuration,
}
