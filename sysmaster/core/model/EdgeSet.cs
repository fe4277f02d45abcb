namespace SysMaster.Core;

/// <summary>What leads from one unit to <see cref="Other"/>: said by this unit, and said by the other (already inverted).</summary>
public struct Edge
{
    public Unit Other;
    public Dep Mine;
    public Dep Theirs;
    /// <summary>Why <see cref="Mine"/> exists.</summary>
    public DepOrigin Origin;
    /// <summary>Why <see cref="Theirs"/> exists.</summary>
    public DepOrigin OriginOfTheirs;

    public readonly Dep Kinds => Mine | Theirs;
}

/// <summary>
/// A unit's neighbours in one flat array. Most units have about ten and are looked through; past 16 there is an <see cref="EdgeIndex"/>, since
/// targets have hundreds.
/// </summary>
public sealed class EdgeSet
{
    private const int IndexFrom = 16;
    private Edge[] _edges = [];
    private EdgeIndex? _index;

    public int Count { get; private set; }

    public ReadOnlySpan<Edge> All => _edges.AsSpan(0, Count);

    public ref Edge Find(Unit other, out bool found)
    {
        int i = IndexOf(other);
        found = i >= 0;
        return ref found ? ref _edges[i] : ref System.Runtime.CompilerServices.Unsafe.NullRef<Edge>();
    }

    public bool Has(Unit other, Dep anyOf)
    {
        int i = IndexOf(other);
        return i >= 0 && (_edges[i].Kinds & anyOf) != 0;
    }

    /// <returns>True if a kind was new.</returns>
    public bool AddMine(Unit other, Dep kinds, DepOrigin origin)
    {
        ref Edge edge = ref Slot(other);
        bool isNew = (kinds & ~edge.Kinds) != 0;
        edge.Mine |= kinds;
        edge.Origin |= origin;
        return isNew;
    }

    public void AddTheirs(Unit other, Dep kinds, DepOrigin origin)
    {
        ref Edge edge = ref Slot(other);
        edge.Theirs |= kinds;
        edge.OriginOfTheirs |= origin;
    }

    public void Remove(Unit other)
    {
        int i = IndexOf(other);
        if (i < 0) { return; }
        _index?.Remove(_edges, i);
        Count--;
        if (i != Count)
        {
            _edges[i] = _edges[Count];
            _index?.Move(_edges[i].Other, Count, i);
        }
        _edges[Count] = default;
    }

    public void Clear()
    {
        _edges = [];
        _index = null;
        Count = 0;
    }

    /// <summary>Gives spare room back: what was loaded is loaded.</summary>
    public void Trim()
    {
        if (_edges.Length > Count) { Array.Resize(ref _edges, Count); }
        if (Count <= IndexFrom) { _index = null; }
    }

    private ref Edge Slot(Unit other)
    {
        int i = IndexOf(other);
        if (i < 0)
        {
            i = Count;
            if (i == _edges.Length) { Array.Resize(ref _edges, i < 4 ? 4 : i + (i / 2)); }
            _edges[Count++] = new Edge { Other = other };
            if (_index is not null) { _index.Add(_edges, Count); }
            else if (Count > IndexFrom) { _index = new EdgeIndex(_edges, Count); }
        }
        return ref _edges[i];
    }

    private int IndexOf(Unit other)
    {
        if (_index is not null) { return _index.Find(_edges, other); }
        for (int i = 0; i < Count; i++)
        {
            if (ReferenceEquals(_edges[i].Other, other)) { return i; }
        }
        return -1;
    }
}
