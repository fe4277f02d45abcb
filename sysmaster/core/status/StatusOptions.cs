using SysMaster.Linux;

namespace SysMaster.Core.Status;

/// <summary>How the console looks and what is shown on it.</summary>
public sealed class StatusOptions
{
    public ByteText Console { get; init; } = "/dev/console"u8;

    public ShowStatus Show { get; init; } = ShowStatus.Yes;

    public StatusUnitFormat UnitFormat { get; init; } = StatusUnitFormat.Combined;

    /// <summary>False for TERM=dumb, SYSTEMD_COLORS=0, NO_COLOR=, systemd.log_color=no.</summary>
    public bool Colors { get; init; } = true;

    /// <summary>/run/systemd/show-status, there while status output is on: systemd-fsck and plymouth look. Empty: none.</summary>
    public ByteText Marker { get; init; } = "/run/systemd/show-status"u8;
}
