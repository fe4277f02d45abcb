using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>What one unit type shows beside its settings. One static value per type.</summary>
internal sealed class TypeBus
{
    public required UnitKind Kind { get; init; }

    /// <summary>Of <see cref="PropertyOrder"/>: the type's own part.</summary>
    public string Order { get; init; } = "";

    public Getter<UnitObject>[] Getters { get; init; } = [];

    public BusMethod<UnitObject>[] Methods { get; init; } = [];

    public BusSignal[] Signals { get; init; } = [];

    public bool HasCgroup { get; init; }

    public bool HasExec { get; init; }

    public bool HasKill { get; init; }
}
