namespace SysMaster.UnitFiles.Lookup;

internal enum FileEntryKind : byte
{
    /// <summary>A file, or a link to a file outside the search path ("linked").</summary>
    File,

    /// <summary>A link to /dev/null.</summary>
    Null,

    /// <summary>A link to another name inside the search path.</summary>
    Alias,
}
