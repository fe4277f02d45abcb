namespace SysMaster.Core.Directives;

/// <summary>Who may do what with the D-Bus property of a row.</summary>
[Flags]
public enum BusUse : byte
{
    None = 0,

    /// <summary>In introspection and GetAll, read by the row itself.</summary>
    Shown = 1,

    /// <summary>Answered by Get but left out of introspection and GetAll (old names).</summary>
    Hidden = 2,

    /// <summary>Accepted by StartTransientUnit.</summary>
    Set = 4,

    /// <summary>Accepted by SetUnitProperties on a loaded unit too.</summary>
    Live = 8,

    /// <summary>The value shown needs run-time state that only the unit's own bus code has (exec status, condition results, graph): it writes it.</summary>
    Runtime = 16,

    Normal = Shown | Set,
}
