namespace SysMaster.Executor;

/// <summary>What happens at a path. Where two entries name the same path the earlier kind wins, as under systemd.</summary>
internal enum MountMode
{
    Inaccessible,
    Bind,
    PrivateTmp,
    PrivateDev,
    Tmpfs,
    Overlay,
    Procfs,
    Mqueue,
    ReadOnly,
    ReadWrite,
    NoExec,
    Exec,
}
