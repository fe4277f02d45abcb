using SysMaster.Core.Logging;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>A unit's dependencies: every edge is kept on both sides, with its inverse kind.</summary>
public abstract partial class Unit
{
    public EdgeSet Edges { get; } = new();

    /// <summary>Adds <paramref name="kinds"/> from this unit to <paramref name="other"/>; edges to itself are dropped, with a warning where a person wrote them.</summary>
    public void AddDependency(Dep kinds, Unit other, DepOrigin origin, bool addReference = true)
    {
        if (ReferenceEquals(other, this))
        {
            if (origin == DepOrigin.File && (kinds & (Dep.After | Dep.Before | Dep.Conflicts | Dep.OnFailure | Dep.OnSuccess | Dep.Triggers)) != Dep.None) { Manager.WarnSelfDependency(this, kinds); }
            return;
        }
        kinds = Permitted(kinds, other, origin is DepOrigin.File or DepOrigin.Implicit);
        if (kinds == Dep.None) { return; }
        if (addReference) { kinds |= Dep.References; }
        bool isNew = Edges.AddMine(other, kinds, origin);
        other.Edges.AddTheirs(this, Deps.Inverse(kinds), origin);
        if (isNew)
        {
            MarkChanged();
            other.MarkChanged();
            if ((kinds & Dep.DefaultTargetDependencies) != 0 && other.IsLoaded) { Manager.QueueTargetDependencies(this); }
        }
    }

    /// <summary>The same by name: the other unit is created and queued for loading if need be.</summary>
    public void AddDependency(Dep kinds, UnitName other, DepOrigin origin) => AddDependency(kinds, Manager.GetOrAdd(other), origin);

    /// <summary>Both orders of one bond: <paramref name="kinds"/> and After= (or Before=).</summary>
    public void AddTwo(Dep order, Dep kinds, UnitName other, DepOrigin origin) => AddDependency(order | kinds, other, origin);

    public IEnumerable<Unit> Others(Dep anyOf)
    {
        for (int i = 0; i < Edges.Count; i++)
        {
            Edge edge = Edges.All[i];
            if ((edge.Kinds & anyOf) != 0) { yield return edge.Other; }
        }
    }

    public bool HasDependency(Dep anyOf, Unit other) => Edges.Has(other, anyOf);

    /// <summary>Drops what this unit itself says (a reload, or it vanished); what others say of it stays.</summary>
    public void RemoveDependencies(DepOrigin origins)
    {
        for (int i = Edges.Count - 1; i >= 0; i--)
        {
            Edge edge = Edges.All[i];
            if ((edge.Origin & origins) == 0) { continue; }
            ref Edge mine = ref Edges.Find(edge.Other, out _);
            mine.Origin &= ~origins;
            if (mine.Origin != DepOrigin.None) { continue; }
            mine.Mine = Dep.None;
            ref Edge back = ref edge.Other.Edges.Find(this, out _);
            back.Theirs = Dep.None;
            back.OriginOfTheirs = DepOrigin.None;
            if (edge.Theirs == Dep.None)
            {
                Edges.Remove(edge.Other);
                edge.Other.Edges.Remove(this);
            }
            Manager.QueueGc(edge.Other);
            edge.Other.MarkChanged();
        }
        MarkChanged();
    }

    /// <summary>Cuts every edge, both ways: the unit is being forgotten.</summary>
    internal void RemoveAllEdges()
    {
        foreach (Edge edge in Edges.All)
        {
            edge.Other.Edges.Remove(this);
            Manager.QueueGc(edge.Other);
        }
        Edges.Clear();
    }

    /// <summary>Orders that make no sense are dropped quietly: a device is never ordered after, OnFailure= needs a type that can fail…</summary>
    private Dep Permitted(Dep kinds, Unit other, bool isAsked)
    {
        if ((kinds & Dep.Before) != 0 && other.Type.Has(UnitCaps.NeverOrdered))
        {
            if (isAsked) { Log.Warning(this, $"Dependency Before={other.Id} ignored (.device units cannot be delayed)"); }
            kinds &= ~Dep.Before;
        }
        if ((kinds & Dep.After) != 0 && Type.Has(UnitCaps.NeverOrdered)) { kinds &= ~Dep.After; }
        if ((kinds & Dep.OnFailure) != 0 && !Type.Has(UnitCaps.CanFail))
        {
            if (isAsked) { Log.Warning(this, $"Requested dependency OnFailure={other.Id} ignored ({Id.Kind.Word()} units cannot fail)."); }
            kinds &= ~Dep.OnFailure;
        }
        if ((kinds & Dep.Triggers) != 0 && !Type.Has(UnitCaps.CanTrigger)) { kinds &= ~Dep.Triggers; }
        return kinds;
    }
}
