namespace SysMaster.Savepoint;

/// <summary>
/// Walks the fields of a record (or a group) in the order they were written: <c>while (reader.Next(out SavedField f)) switch (f.Tag)</c>.
/// No input throws; one that is no sequence of fields ends the walk with <see cref="Failed"/>.
/// </summary>
public ref struct RecordReader
{
    private ReadOnlySpan<byte> _rest;

    public RecordReader(ReadOnlySpan<byte> fields)
    {
        _rest = fields;
        Failed = false;
    }

    internal readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Bytes that are left.</summary>
    public readonly int Length => _rest.Length;

    /// <summary>The walk ended before the end of the bytes.</summary>
    public bool Failed { get; private set; }

    public bool Next(out SavedField field)
    {
        field = default;
        if (_rest.IsEmpty || Failed) { return false; }
        if (!TakeNumber(out ulong head) || head >> 1 > uint.MaxValue || !TakeNumber(out ulong value)) { return Fail(); }
        var tag = (uint)(head >> 1);
        if ((head & 1) == (ulong)WireType.Number)
        {
            field = new SavedField(tag, WireType.Number, value, default);
            return true;
        }
        if (value > (ulong)_rest.Length) { return Fail(); }
        field = new SavedField(tag, WireType.Bytes, 0, _rest[..(int)value]);
        _rest = _rest[(int)value..];
        return true;
    }

    private bool Fail()
    {
        Failed = true;
        return false;
    }

    /// <summary>LEB128, at most ten bytes.</summary>
    private bool TakeNumber(out ulong value)
    {
        value = 0;
        for (int i = 0; i < 10 && i < _rest.Length; i++)
        {
            byte b = _rest[i];
            if (i == 9 && b > 1) { return false; }
            value |= (ulong)(b & 0x7f) << (7 * i);
            if ((b & 0x80) == 0)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }
        return false;
    }
}
