using SysMaster.Linux;

namespace SysMaster.UnitFiles.Install;

/// <summary>One unit in an operation: where its file is, and what its [Install] section asks for. man 5 systemd.unit, "[INSTALL] SECTION OPTIONS".</summary>
internal sealed class InstallRecord(UnitName name)
{
    public UnitName Name { get; } = name;

    /// <summary>In the tree; empty until found.</summary>
    public ByteText Path { get; set; }

    public InstallFileKind Kind { get; set; }

    /// <summary>Where a link leads, in the tree.</summary>
    public ByteText LinkTarget { get; set; }

    /// <summary>Named by some Also= only: a failure does not fail the operation.</summary>
    public bool IsAuxiliary { get; set; }

    /// <summary>Alias=, specifiers not resolved; so are the other lists.</summary>
    public List<ByteText> Aliases { get; } = [];

    public List<ByteText> WantedBy { get; } = [];

    public List<ByteText> RequiredBy { get; } = [];

    public List<ByteText> UpheldBy { get; } = [];

    /// <summary>Also=, resolved.</summary>
    public List<UnitName> Also { get; } = [];

    /// <summary>DefaultInstance=, resolved; empty when there is none.</summary>
    public string DefaultInstance { get; set; } = "";

    public bool HasRules => Aliases.Count + WantedBy.Count + RequiredBy.Count + UpheldBy.Count > 0;

    public void ClearRules()
    {
        Aliases.Clear();
        WantedBy.Clear();
        RequiredBy.Clear();
        UpheldBy.Clear();
    }
}
