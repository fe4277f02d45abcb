using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// What was made for one activation of a unit, is shared by its processes, and goes when the unit is down. Part of the unit's record:
/// after a restart of the manager a stop command still sees the /tmp of its service.
/// </summary>
public sealed class ExecRuntime
{
    /// <summary>Private /tmp, network and IPC, perhaps those of another unit; null: it has none.</summary>
    public SharedRuntime? Shared { get; internal set; }

    /// <summary>DynamicUser=.</summary>
    public DynamicUser? User { get; internal set; }

    /// <summary>Only where Group= names another one than the user.</summary>
    public DynamicUser? Group { get; internal set; }
}
