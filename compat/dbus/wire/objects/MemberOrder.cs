namespace SysMaster.DBus.Wire;

/// <summary>In which order introspection prints the kinds of members of one declaration.</summary>
public enum MemberOrder
{
    PropertiesMethodsSignals,
    MethodsPropertiesSignals,
    PropertiesSignalsMethods,
}
