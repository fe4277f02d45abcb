namespace SysMaster.DBus.Wire;

/// <summary>A method without the type of its object.</summary>
internal readonly record struct MethodFacts(BusMember Member, byte[] Input, byte[] Output, string Arguments, int Access);
