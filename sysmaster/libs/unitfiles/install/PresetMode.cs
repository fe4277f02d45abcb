namespace SysMaster.UnitFiles.Install;

/// <summary>Which half of a preset is carried out.</summary>
public enum PresetMode
{
    Full,
    EnableOnly,
    DisableOnly,
}
