namespace SysMaster.Savepoint;

/// <summary>How a field's value is written, so that a reader can step over a tag it does not know.</summary>
public enum WireType : byte
{
    /// <summary>A varint: unsigned, signed (zigzag) and boolean values.</summary>
    Number = 0,

    /// <summary>A varint length and that many bytes: text, blobs, groups.</summary>
    Bytes = 1,
}
