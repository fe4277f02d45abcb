namespace SysMaster.UnitFiles.Lookup;

/// <summary>What the scan keeps of one unit name: a file in a directory of the search path, or another name for a unit.</summary>
internal struct FileEntry
{
    /// <summary>Index in the search path.</summary>
    public byte Directory;

    public FileEntryKind Kind;

    /// <summary>For an alias: the entry that names its target, in the table of targets.</summary>
    public int Target;

    /// <summary>For a file: the first alias that ends here, index + 1. For an alias: the next such.</summary>
    public int Alias;
}
