namespace SysMaster.UnitFiles.Lookup;

/// <summary>What a directory of the search path is for. man 5 systemd.unit, "Unit File Load Path".</summary>
public enum SearchRole : byte
{
    /// <summary>Units of packages.</summary>
    Vendor,

    /// <summary>Of the administrator, but not where links are made by default: /etc/xdg, /etc/systemd/user for a user manager.</summary>
    SharedConfig,

    /// <summary>Where <c>enable</c> writes: /etc/systemd/system.</summary>
    PersistentConfig,

    /// <summary>Where <c>enable --runtime</c> writes: /run/systemd/system.</summary>
    RuntimeConfig,

    /// <summary>Where <c>set-property</c> writes.</summary>
    PersistentControl,

    RuntimeControl,

    /// <summary>Units made over the bus, as by systemd-run.</summary>
    Transient,

    Generator,

    GeneratorEarly,

    GeneratorLate,

    /// <summary>Of portable services.</summary>
    PersistentAttached,

    RuntimeAttached,
}
