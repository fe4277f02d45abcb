namespace SysMaster.Core.Directives;

/// <summary>Syslog levels that the parser uses, with syslog's numbers.</summary>
public enum Severity : byte
{
    Error = 3,
    Warning = 4,
    Notice = 5,
    Info = 6,
    Debug = 7,
}
