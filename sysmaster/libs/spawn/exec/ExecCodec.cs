using System.Buffers.Binary;
using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>
/// One walk over the fields serves both directions, so that they cannot disagree. Each call is the next field; its number is the
/// call's ordinal. A field at its default is not written; a reader takes a field only if the next tag is its own.
/// Layout: [tag u8] value; numbers are little-endian, lengths u32, text ends with a NUL that counts in neither length nor content.
/// A reader never reads past its input: what does not fit fails the whole (<see cref="Failed"/>), and every later field stays as it was.
/// </summary>
internal ref struct ExecCodec
{
    private readonly bool _reading;
    private readonly ReadOnlySpan<byte> _input;
    private byte[] _output;
    private int _at;
    private byte _tag;

    private ExecCodec(bool reading, ReadOnlySpan<byte> input, byte[] output)
    {
        _reading = reading;
        _input = input;
        _output = output;
    }

    public static ExecCodec Reader(ReadOnlySpan<byte> input) => new(true, input, []);

    public static ExecCodec Writer(byte[] buffer) => new(false, default, buffer);

    public bool Failed { get; private set; }

    /// <summary>All input was understood.</summary>
    public readonly bool AtEnd => _at == _input.Length;

    public readonly int Fields => _tag;

    /// <summary>What was written; the buffer may have been replaced by a bigger one.</summary>
    public readonly ReadOnlySpan<byte> Written => _output.AsSpan(0, _at);

    public readonly byte[] Buffer => _output;

    /// <returns>Whether the value follows: in the input, or to be written.</returns>
    private bool Next(bool differs)
    {
        _tag++;
        if (Failed) { return false; }
        if (_reading)
        {
            if (_at >= _input.Length || _input[_at] != _tag) { return false; }
            _at++;
            return true;
        }
        if (!differs) { return false; }
        Room(1)[0] = _tag;
        return true;
    }

    private Span<byte> Room(int count)
    {
        if (_output.Length - _at < count)
        {
            Array.Resize(ref _output, Math.Max(_output.Length * 2, _at + count + 1024));
        }
        Span<byte> room = _output.AsSpan(_at, count);
        _at += count;
        return room;
    }

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (Failed || count > (uint)(_input.Length - _at))
        {
            Failed = true;
            return default;
        }
        ReadOnlySpan<byte> taken = _input.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    // --- values without a tag ------------------------------------------------------------------------------------------------

    public void Raw(ref uint value)
    {
        if (!_reading) { BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value); return; }
        ReadOnlySpan<byte> b = Take(4);
        if (!b.IsEmpty) { value = BinaryPrimitives.ReadUInt32LittleEndian(b); }
    }

    public void Raw(ref int value)
    {
        uint u = (uint)value;
        Raw(ref u);
        value = (int)u;
    }

    public void Raw(ref ulong value)
    {
        if (!_reading) { BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value); return; }
        ReadOnlySpan<byte> b = Take(8);
        if (!b.IsEmpty) { value = BinaryPrimitives.ReadUInt64LittleEndian(b); }
    }

    public void Raw(ref bool value)
    {
        if (!_reading) { Room(1)[0] = value ? (byte)1 : (byte)0; return; }
        ReadOnlySpan<byte> b = Take(1);
        if (b.IsEmpty) { return; }
        if (b[0] > 1) { Failed = true; return; }
        value = b[0] == 1;
    }

    /// <summary>An enumeration as its number; one outside 0..<paramref name="last"/> fails.</summary>
    public int RawEnum(int value, int last)
    {
        Raw(ref value);
        if (_reading && (uint)value > (uint)last) { Failed = true; return 0; }
        return value;
    }

    public void Raw(ref ByteText value)
    {
        if (!_reading)
        {
            ReadOnlySpan<byte> text = value.Span;
            BinaryPrimitives.WriteUInt32LittleEndian(Room(4), (uint)text.Length);
            text.CopyTo(Room(text.Length));
            Room(1)[0] = 0;
            return;
        }
        uint length = 0;
        Raw(ref length);
        ReadOnlySpan<byte> taken = Take(length);
        ReadOnlySpan<byte> nul = Take(1);
        if (Failed) { return; }
        if (nul[0] != 0 || taken.Contains((byte)0)) { Failed = true; return; }   // what C would cut short is refused
        value = new ByteText(taken);
    }

    public void Raw(ref byte[] value)
    {
        if (!_reading)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Room(4), (uint)value.Length);
            value.CopyTo(Room(value.Length));
            return;
        }
        uint length = 0;
        Raw(ref length);
        ReadOnlySpan<byte> taken = Take(length);
        if (!Failed) { value = taken.ToArray(); }
    }

    public void RawList(ref ByteText[] value)
    {
        if (!Count(ref value)) { return; }
        for (int i = 0; i < value.Length && !Failed; i++) { Raw(ref value[i]); }
    }

    /// <summary>The length of a list; on reading, makes it. Each element takes a byte at least, so a length beyond the input is a lie.</summary>
    private bool Count<T>(ref T[] value)
    {
        uint count = (uint)value.Length;
        Raw(ref count);
        if (!_reading) { return true; }
        if (Failed || count > (uint)(_input.Length - _at)) { Failed = true; return false; }
        value = new T[count];
        return true;
    }

    // --- fields --------------------------------------------------------------------------------------------------------------

    public void Field(ref bool value, bool standard = false)
    {
        if (Next(value != standard)) { Raw(ref value); }
    }

    public void Field(ref int value, int standard = 0)
    {
        if (Next(value != standard)) { Raw(ref value); }
    }

    public void Field(ref uint value, uint standard = 0)
    {
        if (Next(value != standard)) { Raw(ref value); }
    }

    public void Field(ref ulong value)
    {
        if (Next(value != 0)) { Raw(ref value); }
    }

    public int Enum(int value, int last) => Next(value != 0) ? RawEnum(value, last) : value;

    public void Field(ref int? value)
    {
        if (!Next(value.HasValue)) { return; }
        int v = value.GetValueOrDefault();
        Raw(ref v);
        value = v;
    }

    public void Field(ref bool? value)
    {
        if (!Next(value.HasValue)) { return; }
        bool v = value.GetValueOrDefault();
        Raw(ref v);
        value = v;
    }

    public void Field(ref ulong? value)
    {
        if (!Next(value.HasValue)) { return; }
        ulong v = value.GetValueOrDefault();
        Raw(ref v);
        value = v;
    }

    public void Field(ref ByteText value)
    {
        if (Next(!value.IsEmpty)) { Raw(ref value); }
    }

    public void Field(ref byte[] value)
    {
        if (Next(value.Length != 0)) { Raw(ref value); }
    }

    public void Field(ref ByteText[] value)
    {
        if (Next(value.Length != 0)) { RawList(ref value); }
    }

    public void Field(ref int[] value)
    {
        if (!Next(value.Length != 0) || !Count(ref value)) { return; }
        for (int i = 0; i < value.Length && !Failed; i++) { Raw(ref value[i]); }
    }

    /// <summary>A list of records. <paramref name="element"/> writes the one it is given and returns what it has read.</summary>
    public void Field<T>(ref T[] value, ElementCodec<T> element)
    {
        if (!Next(value.Length != 0) || !Count(ref value)) { return; }
        for (int i = 0; i < value.Length && !Failed; i++) { value[i] = element(ref this, value[i]); }
    }

    public void Stream(ref ExecStream value, ExecStreamKind standard)
    {
        if (!Next(value != new ExecStream(standard))) { return; }
        var kind = (ExecStreamKind)RawEnum((int)value.Kind, (int)ExecStreamKind.KmsgAndConsole);
        ByteText path = value.Path;
        int fd = value.FdIndex;
        Raw(ref path);
        Raw(ref fd);
        value = new ExecStream(kind, path, fd);
    }
}

/// <summary>One element of a list, both ways; the element is null (default) on reading.</summary>
internal delegate T ElementCodec<T>(ref ExecCodec codec, T element);
