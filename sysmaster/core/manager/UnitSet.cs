using System.Collections;

namespace SysMaster.Core;

/// <summary>All units, each once; enumeration tolerates additions and removals (a unit added meanwhile may or may not be seen).</summary>
public sealed class UnitSet : IEnumerable<Unit>
{
    private readonly List<Unit> _list = new(512);
    private readonly Dictionary<Unit, int> _at = new(512);

    public int Count => _list.Count;

    internal void Add(Unit unit)
    {
        _at[unit] = _list.Count;
        _list.Add(unit);
    }

    internal void Remove(Unit unit)
    {
        if (!_at.Remove(unit, out int i)) { return; }
        Unit last = _list[^1];
        _list.RemoveAt(_list.Count - 1);
        if (last == unit) { return; }
        _list[i] = last;
        _at[last] = i;
    }

    public IEnumerator<Unit> GetEnumerator()
    {
        for (int i = _list.Count - 1; i >= 0; i--)
        {
            if (i < _list.Count) { yield return _list[i]; }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
