using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>A block of "NAME=value" in the order of first assignment; a later value takes the place of an earlier one, as systemd keeps them.</summary>
public sealed class EnvironmentList
{
    private readonly List<ByteText> _items = [];

    public int Count => _items.Count;

    public IReadOnlyList<ByteText> Items => _items;

    public ByteText this[int index] => _items[index];

    /// <summary>Adds or replaces.</summary>
    /// <param name="assignment">NAME=value, valid.</param>
    public void Set(ByteText assignment)
    {
        int at = IndexOf(EnvironmentText.NameOf(assignment.Span));
        if (at < 0) { _items.Add(assignment); }
        else { _items[at] = assignment; }
    }

    public void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var text = new ByteBuilder(stackalloc byte[512]);
        text.Append(name);
        text.Append((byte)'=');
        text.Append(value);
        Set(text.ToByteText());
        text.Dispose();
    }

    /// <summary>Removes by name ("NAME"), or only when the value matches too ("NAME=value"). UnsetEnvironment=.</summary>
    public void Unset(ReadOnlySpan<byte> nameOrAssignment)
    {
        for (int i = _items.Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> item = _items[i].Span;
            if (nameOrAssignment.Contains((byte)'=') ? item.SequenceEqual(nameOrAssignment) : EnvironmentText.NameOf(item).SequenceEqual(nameOrAssignment))
            {
                _items.RemoveAt(i);
            }
        }
    }

    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        int at = IndexOf(name);
        value = at < 0 ? default : _items[at].Span[(name.Length + 1)..];
        return at >= 0;
    }

    public void SetAll(EnvironmentList other)
    {
        foreach (ByteText item in other._items) { Set(item); }
    }

    public void Clear() => _items.Clear();

    private int IndexOf(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _items.Count; i++)
        {
            ReadOnlySpan<byte> item = _items[i].Span;
            if (item.Length > name.Length && item[name.Length] == (byte)'=' && item.StartsWith(name)) { return i; }
        }
        return -1;
    }
}
