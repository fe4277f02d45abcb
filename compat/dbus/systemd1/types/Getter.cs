using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>A property that no directive gives: how it is read, and set where that is allowed. Its place and its announcement stand in <see cref="PropertyOrder"/>.</summary>
internal readonly record struct Getter<T>(string Name, string Signature, BusGetter<T> Get, BusSetter<T>? Set = null, int Access = 0, MemberFlags Flags = MemberFlags.None)
    where T : class;
