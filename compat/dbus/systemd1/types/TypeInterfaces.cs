using System.Collections.Immutable;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;
using SysMaster.Units;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// The interface of each unit type: its own part, and those that types share (control group, resource control, execution, kill), each a
/// declaration of the same name. Made when the first unit of a type is looked at.
/// </summary>
internal static class TypeInterfaces
{
    private static readonly TypeBus[] s_types =
    [
        ServiceBus.Type, SocketBus.Type, TargetBus.Type, DeviceBus.Type, MountBus.Type, AutomountBus.Type, SwapBus.Type, TimerBus.Type, PathBus.Type,
        SliceBus.Type, ScopeBus.Type,
    ];

    private static readonly ImmutableArray<BusInterface<UnitObject>>[] s_parts = new ImmutableArray<BusInterface<UnitObject>>[16];

    public static ImmutableArray<BusInterface<UnitObject>> Of(UnitKind kind)
    {
        ref ImmutableArray<BusInterface<UnitObject>> parts = ref s_parts[(int)kind];
        if (parts.IsDefault) { parts = Make(Array.Find(s_types, t => t.Kind == kind)!); }
        return parts;
    }

    /// <summary>Everything that one unit answers to, in the order in which introspection prints it.</summary>
    public static void Bind(UnitObject unit, BusBindings bindings)
    {
        foreach (BusInterface<UnitObject> part in Of(unit.Unit.Type.Kind)) { bindings.Add(part, unit); }
        bindings.Add(UnitInterface.Declaration, unit);
    }

    private static ImmutableArray<BusInterface<UnitObject>> Make(TypeBus type)
    {
        string name = Paths.InterfaceOf(type.Kind);
        DirectiveSet set = AllDirectives.Of(type.Kind);
        DirectiveTable[] own = set == AllDirectives.Plain ? [] : [set.Sections[1].Tables[0]];
        var parts = ImmutableArray.CreateBuilder<BusInterface<UnitObject>>(5);
        parts.Add(new BusInterface<UnitObject>(name)
        {
            Order = MemberOrder.PropertiesSignalsMethods,
            Properties = PropertyTables.Build<UnitObject>(type.Order, Settings, own, type.Getters),
            Methods = [.. type.Methods],
            Signals = [.. type.Signals],
        });
        if (type.HasCgroup)
        {
            parts.Add(new BusInterface<UnitObject>(name)
            {
                Properties = PropertyTables.Build<UnitObject>(PropertyOrder.UnitCgroup, Settings, [], CgroupBus.Getters),
                Methods = CgroupBus.Methods,
            });
            parts.Add(Part(name, PropertyOrder.Cgroup, CgroupDirectives.Table, CgroupBus.Settings));
        }
        if (type.HasExec) { parts.Add(Part(name, PropertyOrder.Exec, ExecDirectives.Table, ExecBus.Getters)); }
        if (type.HasKill) { parts.Add(Part(name, PropertyOrder.Kill, KillDirectives.Table, [])); }
        return parts.ToImmutable();
    }

    private static BusInterface<UnitObject> Part(string name, string order, DirectiveTable rows, ReadOnlySpan<Getter<UnitObject>> own)
        => new(name) { Properties = PropertyTables.Build<UnitObject>(order, Settings, [rows], own) };

    private static SettingsBag Settings(UnitObject o) => o.Unit.Settings;
}
