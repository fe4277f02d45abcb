namespace SysMaster.UnitFiles.Install;

/// <summary>What one step of an operation on unit files did, or saw.</summary>
public enum InstallChangeKind
{
    /// <summary>A link was made: path, and what it points to.</summary>
    Symlink,

    /// <summary>A file, link or directory was removed.</summary>
    Unlink,

    /// <summary>A unit was passed over: it is masked.</summary>
    Masked,

    /// <summary>A mask that a generator made cannot be taken away.</summary>
    MaskedByGenerator,

    /// <summary>An alias leads to a unit that is not there.</summary>
    Dangling,

    /// <summary>A dependency was added to a unit (path) that is not there, from one (source) that is.</summary>
    DestinationNotPresent,

    /// <summary>A unit named by Also= could not be enabled.</summary>
    AuxiliaryFailed,

    /// <summary>A step failed: <see cref="InstallChange.Error"/>. Never sent over the bus.</summary>
    Failed,
}
