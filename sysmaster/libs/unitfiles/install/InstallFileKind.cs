namespace SysMaster.UnitFiles.Install;

/// <summary>What stands under a unit's name in a search path.</summary>
internal enum InstallFileKind
{
    /// <summary>Not looked at yet.</summary>
    Unknown,

    Regular,

    /// <summary>To a unit file outside the search path.</summary>
    Linked,

    /// <summary>A link to another unit file of the search path: an alias.</summary>
    Symlink,

    Masked,
}
