using System.Buffers.Binary;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.Savepoint;

/// <summary>
/// Writes the fields of the record being staged, straight into the log's batch; the record ends with <see cref="Dispose"/>
/// (<c>using RecordWriter w = log.Stage(kind, key);</c>). A list is the same tag again and again. Default values need not be written.
/// </summary>
public readonly ref struct RecordWriter
{
    private readonly SavepointLog _log;

    internal RecordWriter(SavepointLog log) => _log = log;

    public void Write(uint tag, ulong value)
    {
        WriteNumber((ulong)tag << 1 | (ulong)WireType.Number);
        WriteNumber(value);
    }

    public void Write(uint tag, uint value) => Write(tag, (ulong)value);

    public void Write(uint tag, long value) => Write(tag, (ulong)(value << 1) ^ (ulong)(value >> 63));

    public void Write(uint tag, int value) => Write(tag, (long)value);

    public void Write(uint tag, bool value) => Write(tag, value ? 1UL : 0UL);

    public void Write(uint tag, Usec value) => Write(tag, value.Value);

    public void Write(uint tag, ReadOnlySpan<byte> value)
    {
        WriteNumber((ulong)tag << 1 | (ulong)WireType.Bytes);
        WriteNumber((ulong)value.Length);
        value.CopyTo(_log.Room(value.Length));
    }

    public void Write(uint tag, ByteText value) => Write(tag, value.Span);

    public void Write(uint tag, string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        WriteNumber((ulong)tag << 1 | (ulong)WireType.Bytes);
        WriteNumber((ulong)length);
        Encoding.UTF8.GetBytes(value, _log.Room(length));
    }

    /// <summary>Fields of their own inside one field; to be ended with <see cref="EndGroup"/>, innermost first.</summary>
    /// <returns>What EndGroup wants.</returns>
    public int BeginGroup(uint tag)
    {
        WriteNumber((ulong)tag << 1 | (ulong)WireType.Bytes);
        _log.Room(GroupLengthSize).Clear();
        return _log.StagedLength;
    }

    /// <summary>The length in a fixed five bytes, as a varint that is longer than it must be.</summary>
    public void EndGroup(int group)
    {
        Span<byte> length = _log.StagedAt(group - GroupLengthSize, GroupLengthSize);
        uint value = (uint)(_log.StagedLength - group);
        for (int i = 0; i < GroupLengthSize; i++)
        {
            length[i] = (byte)(value & 0x7f | (i < GroupLengthSize - 1 ? 0x80u : 0u));
            value >>= 7;
        }
    }

    /// <summary>The fields of another record from where its reader stands, as they are.</summary>
    public void WriteAll(RecordReader fields) => fields.Rest.CopyTo(_log.Room(fields.Rest.Length));

    /// <summary>Ends the record.</summary>
    public void Dispose() => _log.EndRecord();

    private const int GroupLengthSize = 5;

    private void WriteNumber(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int n = 0;
        while (value >= 0x80)
        {
            bytes[n++] = (byte)(value | 0x80);
            value >>= 7;
        }
        bytes[n++] = (byte)value;
        bytes[..n].CopyTo(_log.Room(n));
    }
}
