namespace SysMaster.DBus.Wire;

/// <summary>Why a path has no object, when there is more to say than "Unknown object".</summary>
public readonly record struct BusRefusal(string Name, string Text);
