namespace SysMaster.Core.Directives;

/// <summary>The halves of a syslog priority.</summary>
public enum SyslogPart
{
    Both,
    Level,
    Facility,
}
