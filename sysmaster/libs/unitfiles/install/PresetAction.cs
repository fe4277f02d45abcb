namespace SysMaster.UnitFiles.Install;

/// <summary>What a preset line asks for.</summary>
public enum PresetAction
{
    Enable,
    Disable,

    /// <summary>Leave as it is; systemd 254.</summary>
    Ignore,
}
