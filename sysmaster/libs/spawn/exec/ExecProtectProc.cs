namespace SysMaster.Spawn.Exec;

/// <summary>ProtectProc=, the hidepid= of proc(5).</summary>
public enum ExecProtectProc
{
    Default,
    NoAccess,
    Invisible,
    Ptraceable,
}
