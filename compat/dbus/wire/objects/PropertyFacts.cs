namespace SysMaster.DBus.Wire;

/// <summary>A property without the type of its object.</summary>
internal readonly record struct PropertyFacts(BusMember Member, byte[] Type, Emits Emits, bool IsWritable, int Access);
