namespace SysMaster.UnitFiles;

/// <summary>What the characters before an executable's path ask for. man 5 systemd.service, table "Special executable prefixes".</summary>
[Flags]
public enum ExecCommandFlags : byte
{
    None = 0,

    /// <summary>"-": a failure is recorded and counts as success.</summary>
    IgnoreFailure = 1,

    /// <summary>"+": full privileges, whatever User= and others say.</summary>
    FullyPrivileged = 2,

    /// <summary>"!": User=, Group=, SupplementaryGroups= do not apply.</summary>
    NoSetUid = 4,

    /// <summary>"!!": as "!", but only where ambient capabilities do not exist.</summary>
    AmbientMagic = 8,

    /// <summary>":": no $VARIABLES.</summary>
    NoEnvironmentExpand = 16,
}
