namespace SysMaster.Core;

/// <summary>
/// Where in the array of its neighbours a unit stands: a table of positions and nothing else, 8 to 16 bytes an edge. What is behind a
/// position is the array's to say.
/// <para>Open addressing, probed one after the other, never more than half full; what is removed pulls up what was pushed on because of it, so
/// there are no graves.</para>
/// </summary>
internal sealed class EdgeIndex
{
    private int[] _places;   // position + 1; 0: free

    public EdgeIndex(ReadOnlySpan<Edge> edges, int count)
    {
        _places = [];
        Build(edges, count);
    }

    /// <returns>-1: it is no neighbour.</returns>
    public int Find(ReadOnlySpan<Edge> edges, Unit unit)
    {
        for (int at = Home(unit); _places[at] != 0; at = Next(at))
        {
            if (ReferenceEquals(edges[_places[at] - 1].Other, unit)) { return _places[at] - 1; }
        }
        return -1;
    }

    /// <summary>The last of <paramref name="count"/> edges is new.</summary>
    public void Add(ReadOnlySpan<Edge> edges, int count)
    {
        if (count * 2 > _places.Length) { Build(edges, count); }
        else { Put(edges[count - 1].Other, count - 1); }
    }

    /// <summary>The edge at this position is about to be removed; the others are still where they were.</summary>
    public void Remove(ReadOnlySpan<Edge> edges, int position)
    {
        int hole = PlaceOf(edges[position].Other, position);
        for (int at = Next(hole); _places[at] != 0; at = Next(at))
        {
            int home = Home(edges[_places[at] - 1].Other);
            bool passesHole = hole <= at ? home <= hole || home > at : home <= hole && home > at;
            if (!passesHole) { continue; }
            _places[hole] = _places[at];
            hole = at;
        }
        _places[hole] = 0;
    }

    /// <summary>An edge went from one position to another.</summary>
    public void Move(Unit unit, int from, int to) => _places[PlaceOf(unit, from)] = to + 1;

    private int PlaceOf(Unit unit, int position)
    {
        int at = Home(unit);
        while (_places[at] != position + 1) { at = Next(at); }
        return at;
    }

    private void Build(ReadOnlySpan<Edge> edges, int count)
    {
        int size = 64;
        while (size < count * 2) { size *= 2; }
        _places = new int[size];
        for (int i = 0; i < count; i++) { Put(edges[i].Other, i); }
    }

    private void Put(Unit unit, int position)
    {
        int at = Home(unit);
        while (_places[at] != 0) { at = Next(at); }
        _places[at] = position + 1;
    }

    private int Home(Unit unit) => (int)((uint)unit.Number * 2654435769u >> 7) & (_places.Length - 1);

    private int Next(int at) => (at + 1) & (_places.Length - 1);
}
