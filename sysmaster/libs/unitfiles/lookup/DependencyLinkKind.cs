namespace SysMaster.UnitFiles.Lookup;

/// <summary>What a link in a directory beside the unit adds. man 5 systemd.unit, "DESCRIPTION".</summary>
public enum DependencyLinkKind : byte
{
    /// <summary>x.service.wants/</summary>
    Wants,

    /// <summary>x.service.requires/</summary>
    Requires,

    /// <summary>x.service.upholds/, systemd 254.</summary>
    Upholds,
}
