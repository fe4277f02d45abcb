using System.Diagnostics;

namespace SysMaster.Core.Directives;

/// <summary>
/// The settings of one unit: an entry for each one that somebody set, and nothing for the rest. A miss costs a bit test;
/// what is unset reads from <see cref="Fallback"/> (what system.conf gives all units of a type) and then from the row.
/// </summary>
public sealed class SettingsBag(SettingsBag? fallback = null)
{
    private Setting[] _items = [];   // by Id, without gaps up to _count
    private int _count;
    private ulong _mask;             // bit Id % 64 of each entry: most questions are for what is not there

    /// <summary>Shared by many units; never written through.</summary>
    public SettingsBag? Fallback { get; private set; } = fallback;

    public int Count => _count;

    /// <summary>What was set here, in the order of the tables.</summary>
    public ReadOnlySpan<Setting> Items => _items.AsSpan(0, _count);

    public T Get<T>(Directive<T> row)
    {
        Directive<T> slot = row.Slot;
        for (SettingsBag? bag = this; bag is not null; bag = bag.Fallback)
        {
            if (bag.Find(slot) is { } found)
                return ((Setting<T>)found).Value;
        }
        return slot.Like is { } like ? Get(like) : slot.Default;
    }

    /// <summary>Whether this unit sets it; the fallback does not count.</summary>
    public bool IsSet(Directive row) => Find(row.SlotRow) is not null;

    /// <summary>Whether this unit or the fallback sets it: the row's own default does not hold.</summary>
    public bool HasValue(Directive row) => IsSet(row) || Fallback is not null && Fallback.HasValue(row);

    public Origin OriginOf(Directive row) => Find(row.SlotRow)?.Origin ?? Origin.Default;

    public void Set<T>(Directive<T> row, T value, Origin origin)
    {
        Directive<T> slot = row.Slot;
        Debug.Assert(slot.Id != 0, "a row must be in a table before it can hold a value");
        Put(new Setting<T>(slot, value, origin));
    }

    /// <returns>Whether it was set.</returns>
    public bool Unset(Directive row)
    {
        Directive slot = row.SlotRow;
        if (!MayHave(slot.Id) || IndexOf(slot.Id) is var at && at < 0)
            return false;
        _count--;
        Array.Copy(_items, at + 1, _items, at, _count - at);
        _items[_count] = null!;
        _mask = 0;
        foreach (Setting item in Items)
            _mask |= Bit(item.Id);
        return true;
    }

    /// <summary>A bag that can change on its own; values and entries are shared until then.</summary>
    public SettingsBag Clone()
    {
        var copy = new SettingsBag(Fallback) { _count = _count, _mask = _mask };
        copy._items = _count == 0 ? [] : _items.AsSpan(0, _count).ToArray();
        return copy;
    }

    /// <summary>Takes over all that <paramref name="over"/> sets (a set-property on a loaded unit).</summary>
    public void Overlay(SettingsBag over)
    {
        foreach (Setting item in over.Items)
            Put(item);
    }

    /// <summary>Gives back spare room once a unit is loaded.</summary>
    public void Trim()
    {
        if (_items.Length > _count)
            _items = Items.ToArray();
    }

    /// <summary>The rows whose own setting differs, in the order of the tables: what a reload has to act on.</summary>
    public void Differences(SettingsBag other, ICollection<Directive> into)
    {
        int a = 0, b = 0;
        while (a < _count || b < other._count)
        {
            int ida = a < _count ? _items[a].Id : int.MaxValue, idb = b < other._count ? other._items[b].Id : int.MaxValue;
            if (ida == idb && !_items[a].SameValue(other._items[b]) || ida < idb)
                into.Add(_items[a].Row);
            else if (idb < ida)
                into.Add(other._items[b].Row);
            a += ida <= idb ? 1 : 0;
            b += idb <= ida ? 1 : 0;
        }
    }

    private static ulong Bit(ushort id) => 1UL << (id & 63);

    private bool MayHave(ushort id) => (_mask & Bit(id)) != 0;

    private Setting? Find(Directive slot)
    {
        if (!MayHave(slot.Id))
            return null;
        int at = IndexOf(slot.Id);
        return at < 0 ? null : _items[at];
    }

    private int IndexOf(ushort id)
    {
        int low = 0, high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1, found = _items[middle].Id;
            if (found == id)
                return middle;
            if (found < id)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private void Put(Setting item)
    {
        int at = IndexOf(item.Id);
        if (at >= 0)
        {
            _items[at] = item;
            return;
        }
        at = ~at;
        if (_count == _items.Length)
            Array.Resize(ref _items, _count < 6 ? 6 : _count * 2);
        Array.Copy(_items, at, _items, at + 1, _count - at);
        _items[at] = item;
        _count++;
        _mask |= Bit(item.Id);
    }
}
