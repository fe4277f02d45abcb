using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Core;

/// <summary>Edges that loading makes: written ones, links in .wants directories, mount points of paths, the slice, defaults of targets.</summary>
internal static partial class Loader
{
    /// <summary>Directives that are lists of units, and the kinds of edge each of them makes.</summary>
    private static readonly (Directive<UnitName[]> Row, Dep Kinds)[] s_written =
    [
        (UnitDirectives.Requires, Dep.Requires), (UnitDirectives.Requisite, Dep.Requisite), (UnitDirectives.Wants, Dep.Wants),
        (UnitDirectives.BindsTo, Dep.BindsTo), (UnitDirectives.PartOf, Dep.PartOf), (UnitDirectives.Upholds, Dep.Upholds),
        (UnitDirectives.Conflicts, Dep.Conflicts), (UnitDirectives.Before, Dep.Before), (UnitDirectives.After, Dep.After),
        (UnitDirectives.OnFailure, Dep.OnFailure), (UnitDirectives.OnSuccess, Dep.OnSuccess),
        (UnitDirectives.PropagatesReloadTo, Dep.PropagatesReloadTo), (UnitDirectives.ReloadPropagatedFrom, Dep.ReloadPropagatedFrom),
        (UnitDirectives.PropagatesStopTo, Dep.PropagatesStopTo), (UnitDirectives.StopPropagatedFrom, Dep.StopPropagatedFrom),
        (UnitDirectives.JoinsNamespaceOf, Dep.JoinsNamespaceOf),
    ];

    /// <summary>Names become edges and are dropped from the settings: they are not kept twice.</summary>
    internal static void AddWrittenDependencies(Unit unit, DepOrigin origin = DepOrigin.File)
    {
        foreach ((Directive<UnitName[]> row, Dep kinds) in s_written)
        {
            if (!unit.Settings.IsSet(row)) { continue; }
            foreach (UnitName name in unit.Settings.Get(row))
            {
                if (name.IsTemplate) { Log.Warning(unit, $"{Deps.Name(kinds)}={name}: a template cannot be depended on, ignoring."); }
                else { unit.AddDependency(kinds, name, origin); }
            }
            unit.Settings.Unset(row);
        }
    }

    private static void AddLinks(Unit unit, UnitLookup found)
    {
        foreach (DependencyLink link in unit.Manager.Files.DependencyLinks(found))
        {
            Dep kinds = link.Kind switch
            {
                DependencyLinkKind.Wants => Dep.Wants,
                DependencyLinkKind.Requires => Dep.Requires,
                _ => Dep.Upholds,
            };
            unit.AddDependency(kinds, link.Target, DepOrigin.File);
        }
    }

    /// <summary>RequiresMountsFor= and what other settings imply of it: every .mount that may lie on the way, now or later.</summary>
    private static void AddMountDependencies(Unit unit)
    {
        foreach (ByteText path in unit.Get(UnitDirectives.RequiresMountsFor)) { unit.Manager.AddMountsFor(unit, path, Dep.Requires); }
        foreach (ByteText path in unit.Get(UnitDirectives.WantsMountsFor)) { unit.Manager.AddMountsFor(unit, path, Dep.Wants); }
    }

    private static void SetSlice(Unit unit)
    {
        if (!unit.Type.Has(UnitCaps.HasCgroup)) { return; }
        UnitName? name = unit.WantedSlice;
        if (name is not { } slice || slice == unit.Id) { return; }
        unit.Slice = unit.Manager.GetOrAdd(slice);
        unit.AddDependency(Dep.InSlice, unit.Slice, DepOrigin.Implicit);
    }

    private static void AddSliceDependencies(Unit unit)
    {
        if (unit.Slice is { } slice && slice != unit) { unit.AddDependency(Dep.Requires | Dep.After, slice, DepOrigin.Implicit); }
    }

    /// <summary>A target comes after whatever it pulls in, unless that is ordered the other way already. systemd.target(5), "Default Dependencies".</summary>
    /// <param name="target">Other types have none.</param>
    /// <param name="kinds">What pulls in; and, while it is loaded, PartOf= what is loaded already.</param>
    internal static void AddTargetDependencies(Unit target, Dep kinds = Dep.DefaultTargetDependencies)
    {
        if (!target.Type.Has(UnitCaps.OrdersAfterWanted) || !target.IsLoaded || !target.Get(UnitDirectives.DefaultDependencies)) { return; }
        foreach (Edge edge in target.Edges.All.ToArray())
        {
            if ((edge.Kinds & kinds) == 0) { continue; }
            Unit other = edge.Other;
            if (!other.IsLoaded || (edge.Kinds & (Dep.Before | Dep.After)) != 0 || !other.Get(UnitDirectives.DefaultDependencies)) { continue; }
            target.AddDependency(Dep.After, other, DepOrigin.Default);
        }
    }
}
