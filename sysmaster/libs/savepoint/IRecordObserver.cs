namespace SysMaster.Savepoint;

/// <summary>Who is handed the latest record of each (kind, key), in the order in which they were written.</summary>
public interface IRecordObserver
{
    /// <remarks>Key and fields are valid during the call only. A reader that finds its fields unsound refuses that one record.</remarks>
    void OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields);
}
