using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Units;

/// <summary>Every directive there is, by unit type: for counts, the linter and the documentation. Loading a unit asks its own type's set.</summary>
public static class AllDirectives
{
    /// <summary>Targets and devices say nothing of their own.</summary>
    public static readonly DirectiveSet Plain = new(new DirectiveSection("Unit", UnitDirectives.Table), new DirectiveSection("Install", InstallDirectives.Table));

    public static DirectiveSet Of(UnitKind kind) => UnitTypes.DirectivesOf(kind) ?? Plain;

    /// <summary>Each section once: [Unit], [Install], one per type, [Manager].</summary>
    public static IEnumerable<DirectiveSection> Sections()
    {
        yield return Plain.Sections[0];
        yield return Plain.Sections[1];
        for (UnitKind kind = UnitKind.Service; kind <= UnitKind.Scope; kind++)
        {
            DirectiveSet set = Of(kind);
            if (set != Plain)
                yield return set.Sections[1];
        }
        yield return ManagerDirectives.Section;
    }

    /// <summary>What <c>sctl directives</c> prints.</summary>
    public static DirectiveCounters Count()
    {
        DirectiveCounters sum = default;
        foreach (DirectiveSection section in Sections())
            sum += DirectiveCounters.Of(section);
        return sum;
    }
}
