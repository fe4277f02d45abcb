namespace SysMaster.Core.Directives;

/// <summary>Whether RuntimeDirectory= and stored descriptors outlive the unit.</summary>
public enum ExecPreserveMode
{
    No,
    Yes,
    Restart,
}
