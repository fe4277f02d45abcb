using System.Collections;

namespace SysMaster.Core;

/// <summary>All units, each once; enumeration tolerates additions and removals (a unit added meanwhile may or may not be seen).</summary>
public sealed class UnitSet : IEnumerable<Unit>
{
    private readonly List<Unit> _list = new(512);

    public int Count => _list.Count;

    internal void Add(Unit unit)
    {
        unit.Place = _list.Count;
        _list.Add(unit);
    }

    internal void Remove(Unit unit)
    {
        int i = unit.Place;
        if (i < 0) { return; }
        unit.Place = -1;
        Unit last = _list[^1];
        _list.RemoveAt(_list.Count - 1);
        if (last == unit) { return; }
        _list[i] = last;
        last.Place = i;
    }

    internal void TrimExcess() => _list.TrimExcess();

    public IEnumerator<Unit> GetEnumerator()
    {
        for (int i = _list.Count - 1; i >= 0; i--)
        {
            if (i < _list.Count) { yield return _list[i]; }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
