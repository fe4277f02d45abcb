using SysMaster.Linux;

namespace SysMaster.Events;

/// <summary>A binary heap of deadlines: by the time they are due at the latest, or by the time from which they may run. Each knows its place in both.</summary>
internal sealed class DeadlineHeap(bool byEarliest)
{
    private readonly List<Deadline> _items = [];

    public int Count => _items.Count;

    public Deadline First => _items[0];

    public Usec Key(Deadline timer) => byEarliest ? timer.Earliest : timer.When;

    /// <summary>Puts it in, or to where it belongs now.</summary>
    public void Place(Deadline timer)
    {
        if (IndexOf(timer) < 0)
        {
            IndexOf(timer) = _items.Count;
            _items.Add(timer);
        }
        SiftUp(IndexOf(timer));
        SiftDown(IndexOf(timer));
    }

    public void Remove(Deadline timer)
    {
        int i = IndexOf(timer);
        if (i < 0) { return; }
        IndexOf(timer) = -1;
        Deadline last = _items[^1];
        _items.RemoveAt(_items.Count - 1);
        if (last == timer) { return; }
        _items[i] = last;
        IndexOf(last) = i;
        SiftUp(i);
        SiftDown(IndexOf(last));
    }

    private ref int IndexOf(Deadline timer) => ref byEarliest ? ref timer.EarlyIndex : ref timer.Index;

    private void SiftUp(int i)
    {
        while (i > 0)
        {
            int parent = (i - 1) / 2;
            if (Key(_items[parent]) <= Key(_items[i])) { return; }
            Swap(i, parent);
            i = parent;
        }
    }

    private void SiftDown(int i)
    {
        while (true)
        {
            int child = (2 * i) + 1;
            if (child >= _items.Count) { return; }
            if (child + 1 < _items.Count && Key(_items[child + 1]) < Key(_items[child])) { child++; }
            if (Key(_items[i]) <= Key(_items[child])) { return; }
            Swap(i, child);
            i = child;
        }
    }

    private void Swap(int a, int b)
    {
        (_items[a], _items[b]) = (_items[b], _items[a]);
        IndexOf(_items[a]) = a;
        IndexOf(_items[b]) = b;
    }
}
