namespace SysMaster.UnitFiles.Lookup;

/// <summary>A directory beside unit files: "x.service.d", "x.service.wants", …</summary>
internal struct SideDirectory
{
    /// <summary>Index in the search path.</summary>
    public byte Directory;

    /// <summary>The sorted content, kept once read where several units look at it: templates, dash prefixes, types.</summary>
    public SideFile[]? Files;
}
