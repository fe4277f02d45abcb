namespace SysMaster.Lint;

public enum Level
{
    /// <summary>As it should be; said only when everything is asked for.</summary>
    None,
    Note,
    Warning,
    Error,
}
