using System.Diagnostics;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>
/// Names and what is known of each, packed: all bytes in one array, all values in another, found by hash. Adding never replaces:
/// entries of one name lie in a chain, in the order they were added.
/// </summary>
internal sealed class NameTable<T>
    where T : struct
{
    private const int None = -1;

    private byte[] _bytes = new byte[4096];
    private int _used;
    private Slot[] _slots = new Slot[128];
    private T[] _values = new T[128];
    private int[] _buckets = NewBuckets(256);

    public int Count { get; private set; }

    public ref T this[int index] => ref _values[index];

    public ReadOnlySpan<byte> Name(int index)
    {
        ref readonly Slot slot = ref _slots[index];
        return _bytes.AsSpan(slot.Start, slot.Length);
    }

    /// <summary>The first entry of the name, -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> name) => Find(name, Hash(name));

    /// <summary>The next entry of the same name, -1 after the last.</summary>
    public int NextSame(int index) => _slots[index].NextSame - 1;

    public int Add(ReadOnlySpan<byte> name, in T value)
    {
        Debug.Assert(name.Length <= UnitName.MaxLength, "file names are at most 255 bytes");
        uint hash = Hash(name);
        int first = Find(name, hash);
        if (Count == _slots.Length) { Grow(); }
        int index = Count++;
        ref Slot slot = ref _slots[index];
        slot.Hash = hash;
        slot.Length = (byte)name.Length;
        _values[index] = value;
        if (first == None)
        {
            slot.Start = Store(name);
            ref int bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
            slot.NextInBucket = bucket;
            bucket = index;
            return index;
        }
        slot.Start = _slots[first].Start;
        int last = first;
        while (_slots[last].NextSame != 0) { last = _slots[last].NextSame - 1; }
        _slots[last].NextSame = index + 1;
        return index;
    }

    private static int[] NewBuckets(int length)
    {
        var buckets = new int[length];
        Array.Fill(buckets, None);
        return buckets;
    }

    /// <summary>FNV-1a; the names are files of the administrator's, not of a stranger's.</summary>
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name) { hash = (hash ^ b) * 16777619; }
        return hash ^ (hash >> 15);
    }

    private int Find(ReadOnlySpan<byte> name, uint hash)
    {
        for (int i = _buckets[hash & (uint)(_buckets.Length - 1)]; i != None; i = _slots[i].NextInBucket)
        {
            if (_slots[i].Hash == hash && Name(i).SequenceEqual(name)) { return i; }
        }
        return None;
    }

    private int Store(ReadOnlySpan<byte> name)
    {
        if (name.Length > _bytes.Length - _used) { Array.Resize(ref _bytes, _bytes.Length * 2); }
        name.CopyTo(_bytes.AsSpan(_used));
        _used += name.Length;
        return _used - name.Length;
    }

    private void Grow()
    {
        Array.Resize(ref _slots, _slots.Length * 2);
        Array.Resize(ref _values, _values.Length * 2);
        _buckets = NewBuckets(_slots.Length * 2);
        for (int i = 0; i < Count; i++)
        {
            ref Slot slot = ref _slots[i];
            int first = Find(Name(i), slot.Hash);
            if (first != None) { continue; }   // in the chain of an earlier one
            ref int bucket = ref _buckets[slot.Hash & (uint)(_buckets.Length - 1)];
            slot.NextInBucket = bucket;
            bucket = i;
        }
    }

    private struct Slot
    {
        public int Start;
        public uint Hash;
        public int NextInBucket;
        public int NextSame;   // index + 1; 0: none
        public byte Length;
    }
}
