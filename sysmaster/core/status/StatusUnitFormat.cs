namespace SysMaster.Core.Status;

/// <summary>systemd.status_unit_format=, StatusUnitFormat=: how a unit is named on the console and in job messages.</summary>
public enum StatusUnitFormat
{
    Combined,
    Description,
    Name,
}
