namespace SysMaster.UnitFiles.Lookup;

/// <summary>Why something on the search path was passed over.</summary>
public enum LookupProblemKind
{
    /// <summary>A directory cannot be read: the errno tells.</summary>
    UnreadableDirectory,

    /// <summary>An alias of a mount, slice or another type that may have none.</summary>
    AliasType,

    /// <summary>An alias of another unit type.</summary>
    AliasSuffix,

    /// <summary>A plain name for a template or instance, or the other way round, or another instance.</summary>
    AliasForm,

    /// <summary>A link that cannot be read.</summary>
    UnreadableLink,

    /// <summary>Too many aliases behind one another, or a circle of them.</summary>
    AliasLoop,

    /// <summary>In a .wants directory: what is no link.</summary>
    DependencyNotLink,

    /// <summary>In a .wants directory: what is no unit name.</summary>
    DependencyName,

    /// <summary>In a .wants directory: a link to a file of another name. It counts all the same.</summary>
    DependencyDifferentName,

    /// <summary>In a .wants directory: a link to /dev/null takes a dependency away.</summary>
    DependencyMasked,
}
