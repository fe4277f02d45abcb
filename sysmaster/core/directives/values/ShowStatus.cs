namespace SysMaster.Core.Directives;

/// <summary>Whether boot progress is written to the console.</summary>
public enum ShowStatus
{
    No,
    Error,
    Auto,
    Temporary,
    Yes,
}
