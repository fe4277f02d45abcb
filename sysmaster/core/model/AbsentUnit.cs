using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>A unit of a type that this build was tailored without: it can be named by others, and is never found.</summary>
internal sealed class AbsentUnit(Manager manager, UnitName id) : Unit(manager, TypeOf(id.Kind), id)
{
    private static readonly UnitType?[] s_types = new UnitType?[16];

    public override UnitActiveState ActiveState => UnitActiveState.Inactive;

    public override string SubState => "dead";

    public override bool CanStart => false;

    private static UnitType TypeOf(UnitKind kind) => s_types[(int)kind] ??= new UnitType
    {
        Kind = kind,
        Directives = new DirectiveSet(),
        Create = static (manager, id) => new AbsentUnit(manager, id),
    };
}
