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

    /// <summary>Records in which a bit was turned over, and right again.</summary>
    public int Repaired { get; private set; }

    /// <param name="batch">The batch it must belong to.</param>
    /// <param name="record">The padded record, valid until the next call.</param>
    /// <param name="unsound">There is something, but no sound record of this batch.</param>
    public bool Next(uint batch, out ReadOnlySpan<byte> record, out bool unsound)
    {
        record = default;
        unsound = false;
        if (!Fill(SegmentFormat.RecordHeaderSize, out Span<byte> head)) { return false; }
        if (SegmentFormat.LengthOf(head) == 0 && BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) == 0) { return false; }   // never written
        unsound = true;
        if (!(IsSound(out Span<byte> padded) || Repair(out padded)) || SegmentFormat.BatchOf(padded) != batch) { return false; }
        unsound = false;
        record = padded;
        Offset += padded.Length;
        return true;
    }

    /// <summary>Past what is damaged, to the next sound record of that batch or a later one that there can be; it is the next one then.</summary>
    /// <returns>False when there is none up to the end of the segment.</returns>
    public bool Resume(uint batch, out uint resumed)
    {
        resumed = 0;
        while (true)
        {
            Offset += 8;
            if (!Fill(SegmentFormat.RecordHeaderSize, out Span<byte> head)) { return false; }
            resumed = SegmentFormat.BatchOf(head);
            if (resumed - batch <= (uint)(_segment.Size / SegmentFormat.CommitSize) && IsSound(out _)) { return true; }
        }
    }

    private bool IsSound(out Span<byte> padded) => Whole(0, out padded) && SegmentFormat.IsSound(padded, _sequence, Offset);

    private bool Whole(int turned, out Span<byte> padded)
    {
        padded = default;
        if (!Fill(SegmentFormat.RecordHeaderSize, out Span<byte> head)) { return false; }
        int length = SegmentFormat.LengthOf(head) ^ turned;
        return SegmentFormat.IsLength(length, head[11]) && Fill(SegmentFormat.Padded(length), out padded);
    }

    /// <summary>A single bit is put right, in the segment as well: the record is copied from there.</summary>
    private bool Repair(out Span<byte> padded)
    {
        if (!RepairLength(out padded) && !(IsPossible(out padded) && SegmentFormat.Repair(padded, _sequence, Offset))) { return false; }
        if (!SegmentFormat.IsLength(SegmentFormat.LengthOf(padded), padded[11]) || _segment.Write(Offset, padded).Failed) { return false; }
        Repaired++;
        return true;
    }

    /// <summary>The length of the key, which may be the bit that was hit, says nothing yet.</summary>
    private bool IsPossible(out Span<byte> padded)
    {
        padded = default;
        if (!Fill(SegmentFormat.RecordHeaderSize, out Span<byte> head)) { return false; }
        int length = SegmentFormat.LengthOf(head);
        return SegmentFormat.IsLength(length, 0) && Fill(SegmentFormat.Padded(length), out padded);
    }

    private bool RepairLength(out Span<byte> padded)
    {
        for (int turned = 1; turned != 0; turned <<= 1)
        {
            if (!Whole(turned, out padded)) { continue; }
            int length = SegmentFormat.LengthOf(padded) ^ turned;
            BinaryPrimitives.WriteInt32LittleEndian(padded, length);
            if (SegmentFormat.IsSound(padded, _sequence, Offset)) { return true; }
            BinaryPrimitives.WriteInt32LittleEndian(padded, length ^ turned);
        }
        padded = default;
        return false;
    }

    private bool Fill(int wanted, out Span<byte> bytes)
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
