namespace SysMaster.DBus.Wire;

/// <summary>What a change of a property sends: the annotation EmitsChangedSignal.</summary>
public enum Emits
{
    /// <summary>"false": nothing is ever said.</summary>
    Nothing,

    /// <summary>"const": it never changes while the object lives.</summary>
    Const,

    /// <summary>"true" (no annotation): PropertiesChanged carries the new value.</summary>
    Change,

    /// <summary>"invalidates": PropertiesChanged carries the name alone.</summary>
    Invalidates,
}
