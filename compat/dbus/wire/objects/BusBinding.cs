namespace SysMaster.DBus.Wire;

/// <summary>One interface of an object, and what its handlers and getters are called with.</summary>
/// <param name="Target">Of the declaration's type; another one is our own mistake and throws at the first call.</param>
public readonly record struct BusBinding(BusInterface Interface, object Target);
