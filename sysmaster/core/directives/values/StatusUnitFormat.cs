namespace SysMaster.Core.Directives;

/// <summary>How units are called on the console.</summary>
public enum StatusUnitFormat
{
    Name,
    Description,
    Combined,
}
