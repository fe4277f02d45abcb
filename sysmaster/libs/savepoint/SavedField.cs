using SysMaster.Linux;

namespace SysMaster.Savepoint;

/// <summary>One field as it was read. Tags are never reused; a reader ignores those it does not know.</summary>
public readonly ref struct SavedField
{
    internal SavedField(uint tag, WireType type, ulong number, ReadOnlySpan<byte> bytes)
    {
        Tag = tag;
        Type = type;
        Number = number;
        Bytes = bytes;
    }

    public uint Tag { get; }

    public WireType Type { get; }

    /// <summary>The value as an unsigned number; 0 for a field of bytes.</summary>
    public ulong Number { get; }

    /// <summary>The value as bytes; empty for a number.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public long Signed => (long)(Number >> 1) ^ -(long)(Number & 1);

    public int Int => unchecked((int)Signed);

    public bool Bool => Number != 0;

    public Usec Usec => new(Number);

    public ByteText Text => Bytes;

    /// <summary>For ASCII names and text for people.</summary>
    public string String => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <summary>The fields inside a group.</summary>
    public RecordReader Group => new(Bytes);
}
