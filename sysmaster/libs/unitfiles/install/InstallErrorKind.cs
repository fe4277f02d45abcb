namespace SysMaster.UnitFiles.Install;

/// <summary>Why a step failed. Behind each, systemd's errno and D-Bus error: reference/dbus/errors.tsv.</summary>
public enum InstallErrorKind
{
    None,

    /// <summary>A file is in the way; the source is its target when it is a link.</summary>
    Exists,

    /// <summary>The unit file is masked.</summary>
    Masked,

    /// <summary>The unit file belongs to the manager or a generator.</summary>
    TransientOrGenerated,

    /// <summary>A specifier that does not exist or cannot be resolved here.</summary>
    BadSpecifier,

    /// <summary>A template without instance where an instance is needed: destination (path), unit (source).</summary>
    NotTemplate,

    /// <summary>Not a valid unit name.</summary>
    BadName,

    /// <summary>The name is an alias, or a linked file.</summary>
    Linked,

    /// <summary>A name that cannot stand for the unit: alias (path), unit (source).</summary>
    BadAlias,

    /// <summary>A reference like "a/b.service" in Alias=.</summary>
    BadReference,

    /// <summary>No such unit file.</summary>
    NotFound,

    /// <summary>Specifiers of the unit cannot be resolved.</summary>
    UnresolvedSpecifier,

    /// <summary>A wrong argument: a path where a name belongs, a unit of another type, …</summary>
    InvalidArgument,

    /// <summary>A file with a line after which nothing can be read.</summary>
    BadFile,

    /// <summary>A directory where a file belongs.</summary>
    IsDirectory,

    /// <summary>The kernel refused: <see cref="InstallChange.Errno"/>.</summary>
    System,
}
