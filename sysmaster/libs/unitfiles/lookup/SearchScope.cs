namespace SysMaster.UnitFiles.Lookup;

/// <summary>Whose units: the system manager's, one user manager's, or those of all user managers (<c>--global</c>).</summary>
public enum SearchScope
{
    System,
    User,
    Global,
}
