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
/// A unit's neighbours in one flat array; past 16 an index by unit is added. Most units have about ten, targets have hundreds.
/// </summary>
public sealed class EdgeSet
{
    private const int IndexFrom = 16;
    private Edge[] _edges = [];
    private Dictionary<Unit, int>? _index;

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
        Count--;
        _index?.Remove(other);
        if (i != Count)
        {
            _edges[i] = _edges[Count];
            if (_index is not null) { _index[_edges[i].Other] = i; }
        }
        _edges[Count] = default;
    }

    public void Clear()
    {
        _edges = [];
        _index = null;
        Count = 0;
    }

    private ref Edge Slot(Unit other)
    {
        int i = IndexOf(other);
        if (i < 0)
        {
            i = Count;
            if (i == _edges.Length) { Array.Resize(ref _edges, i == 0 ? 4 : i + (i / 2)); }
            _edges[Count++] = new Edge { Other = other };
            if (_index is not null) { _index[other] = i; }
            else if (Count > IndexFrom) { BuildIndex(); }
        }
        return ref _edges[i];
    }

    private int IndexOf(Unit other)
    {
        if (_index is not null) { return _index.TryGetValue(other, out int at) ? at : -1; }
        for (int i = 0; i < Count; i++)
        {
            if (ReferenceEquals(_edges[i].Other, other)) { return i; }
        }
        return -1;
    }

    private void BuildIndex()
    {
        _index = new Dictionary<Unit, int>(Count * 2);
        for (int i = 0; i < Count; i++) { _index[_edges[i].Other] = i; }
    }
}
