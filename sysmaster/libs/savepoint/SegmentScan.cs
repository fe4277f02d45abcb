using System.Buffers.Binary;

namespace SysMaster.Savepoint;

/// <summary>
/// Reads a segment's records one after another as far as they are sound, through a window, so that a log of megabytes is never in memory
/// as a whole.
/// </summary>
internal ref struct SegmentScan
{
    private const int Window = 64 * 1024;
    private readonly Segment _segment;
    private readonly ulong _sequence;
    private byte[] _buffer;
    private long _bufferAt;
    private int _bufferUsed;

    public SegmentScan(Segment segment, ulong sequence)
    {
        _segment = segment;
        _sequence = sequence;
        _buffer = new byte[Window];
        Offset = SegmentFormat.HeaderSize;
    }

    /// <summary>Of the next record.</summary>
    public long Offset { get; private set; }

    /// <param name="batch">The batch it must belong to.</param>
    /// <param name="record">The padded record, valid until the next call.</param>
    /// <param name="unsound">There is something, but no sound record of this batch.</param>
    public bool Next(uint batch, out ReadOnlySpan<byte> record, out bool unsound)
    {
        record = default;
        unsound = false;
        if (!Fill(SegmentFormat.RecordHeaderSize, out ReadOnlySpan<byte> head)) { return false; }
        int length = SegmentFormat.LengthOf(head);
        if (length == 0 && BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) == 0) { return false; }   // never written
        unsound = true;
        if (!SegmentFormat.IsLength(length, head[11])) { return false; }
        if (!Fill(SegmentFormat.Padded(length), out ReadOnlySpan<byte> padded)) { return false; }
        if (!SegmentFormat.IsSound(padded, _sequence, Offset, batch)) { return false; }
        unsound = false;
        record = padded;
        Offset += padded.Length;
        return true;
    }

    private bool Fill(int wanted, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        int at = (int)(Offset - _bufferAt);
        if (_bufferUsed - at < wanted)
        {
            if (wanted > _buffer.Length) { _buffer = new byte[SegmentFormat.Padded(SavepointLog.MaxRecord)]; }
            _bufferAt = Offset;
            SysMaster.Linux.Result<int> n = _segment.Read(Offset, _buffer);
            _bufferUsed = n.Failed ? 0 : n.Value;
            at = 0;
            if (_bufferUsed < wanted) { return false; }
        }
        bytes = _buffer.AsSpan(at, wanted);
        return true;
    }
}
