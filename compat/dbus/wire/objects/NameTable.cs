namespace SysMaster.DBus.Wire;

/// <summary>A fixed set of names, found by their bytes: open addressing over a power of two, built once.</summary>
internal sealed class NameTable
{
    public static readonly NameTable Empty = new([]);

    private readonly byte[][] _names;
    private readonly short[] _slots;   // index + 1; 0 is free

    public NameTable(byte[][] names)
    {
        _names = names;
        int size = 4;
        while (size < names.Length * 2) { size *= 2; }
        _slots = new short[size];
        for (int i = 0; i < names.Length; i++)
        {
            int slot = Hash(names[i]) & (size - 1);
            while (_slots[slot] != 0)
            {
                if (names[_slots[slot] - 1].AsSpan().SequenceEqual(names[i])) { throw new ArgumentException("a name was declared twice"); }
                slot = (slot + 1) & (size - 1);
            }
            _slots[slot] = (short)(i + 1);
        }
    }

    /// <returns>The index of the name, or -1.</returns>
    public int Find(ReadOnlySpan<byte> name)
    {
        int mask = _slots.Length - 1;
        for (int slot = Hash(name) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int index = _slots[slot] - 1;
            if (name.SequenceEqual(_names[index])) { return index; }
        }
        return -1;
    }

    // FNV-1a: names are short, and known when the program is built.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name) { hash = (hash ^ b) * 16777619; }
        return (int)(hash ^ (hash >> 15));
    }
}
