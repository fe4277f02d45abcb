namespace SysMaster.UnitFiles;

/// <summary>The eleven unit types, by the suffix of a unit's name. man 1 systemd, "Concepts". Numbers are ours: they may be stored.</summary>
public enum UnitKind : byte
{
    /// <summary>No valid unit name.</summary>
    None,
    Service,
    Socket,
    Target,
    Device,
    Mount,
    Automount,
    Swap,
    Timer,
    Path,
    Slice,
    Scope,
}
