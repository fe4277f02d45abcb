namespace SysMaster.Core;

/// <summary>How this manager was started.</summary>
public sealed class ManagerOptions
{
    public bool IsSystem { get; init; } = true;

    /// <summary>"/run" for the system, $XDG_RUNTIME_DIR for a user's manager.</summary>
    public string RuntimeDirectory { get; init; } = "/run";

    public uint Uid { get; init; }

    /// <summary>The unit to start at boot; null: default.target.</summary>
    public string? DefaultUnit { get; init; }
}
