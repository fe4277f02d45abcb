namespace SysMaster.Core.Directives;

/// <summary>Whose processes /proc shows.</summary>
public enum ProtectProc
{
    Default,
    Noaccess,
    Invisible,
    Ptraceable,
}
