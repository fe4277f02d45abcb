namespace SysMaster.Core.Directives;

/// <summary>Which processes of a unit are killed when it stops.</summary>
public enum KillMode
{
    ControlGroup,
    Process,
    Mixed,
    None,
}
