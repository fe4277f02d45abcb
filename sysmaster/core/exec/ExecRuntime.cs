using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// What was made for one activation of a unit, is shared by its processes, and goes when the unit is down. Part of the unit's record:
/// after a restart of the manager a stop command still sees the /tmp of its service.
/// </summary>
public sealed class ExecRuntime
{
    /// <summary>PrivateTmp=: the directories that stand for /tmp and /var/tmp; empty: not made.</summary>
    public ByteText Tmp { get; internal set; }

    public ByteText VarTmp { get; internal set; }

    /// <summary>DynamicUser=.</summary>
    public DynamicUser? User { get; internal set; }

    /// <summary>Only where Group= names another one than the user.</summary>
    public DynamicUser? Group { get; internal set; }
}
