namespace SysMaster.UnitFiles.Lookup;

public enum UnitFileLayerKind
{
    /// <summary>x.service</summary>
    Fragment,

    /// <summary>x.service.d/y.conf</summary>
    DropIn,
}
