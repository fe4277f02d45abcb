namespace SysMaster.UnitFiles.Install;

/// <summary>What <c>systemctl is-enabled</c> says of a unit file. man 1 systemctl, table "is-enabled output".</summary>
public enum UnitFileState
{
    Enabled,
    EnabledRuntime,
    Linked,
    LinkedRuntime,
    Alias,
    Masked,
    MaskedRuntime,
    Static,
    Disabled,
    Indirect,
    Generated,
    Transient,
    Bad,
}
