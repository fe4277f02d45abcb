using SysMaster.Linux;

namespace SysMaster.Savepoint;

/// <summary>
/// Compaction: live records wait in a queue, are copied slice by slice into the other segment, and wait again when a commit changes them
/// meanwhile. When nothing waits any more, the commit mark and then the completed header make the other segment the current one; until
/// that one write the old segment is the truth, and dying in between costs nothing but the copies.
/// </summary>
public sealed partial class SavepointLog
{
    private const int CopyBuffer = 64 * 1024;

    private readonly List<LiveRecord> _queue = [];
    private byte[] _copies = [];
    private int _queueHead;
    private int _copiesLength;
    private int _copied;
    private long _targetTail;
    private bool _compacting;

    /// <summary>More than half of the segment is used, and more than half of that is superseded; or it is nearly full.</summary>
    public bool NeedsCompaction => _compacting
        || (_tail > SegmentSize / 2 && _liveBytes < _tail / 2)
        || (_tail > SegmentSize / 8 * 7 && _liveBytes < SegmentSize / 4 * 3);

    /// <summary>Copies about this many bytes, at least one record. Begins a compaction if none runs.</summary>
    /// <returns>True while there is more to do; an error (ENOSPC) ends the compaction, the log goes on as it was.</returns>
    public Result<bool> CompactSlice(int bytes = 64 * 1024)
    {
        if (!_compacting)
        {
            Errno begun = BeginCompaction();
            if (begun.Failed) { return begun; }
        }
        while (_queueHead < _queue.Count && bytes > 0)
        {
            LiveRecord live = _queue[_queueHead++];
            live.Queued = false;
            Errno e = live.Removed ? CopyRemoval(live) : Copy(live);
            if (e.Failed) { return Abandon(e); }
            bytes -= live.Length;
        }
        if (_queueHead < _queue.Count) { return true; }
        Errno last = FinishCompaction();
        return last.Failed ? Abandon(last) : false;
    }

    /// <summary>A whole compaction at once.</summary>
    public Errno Compact()
    {
        while (true)
        {
            Result<bool> more = CompactSlice(int.MaxValue);
            if (more.Failed || !more.Value) { return more.Error; }
        }
    }

    private Errno BeginCompaction()
    {
        if (_copies.Length == 0) { _copies = new byte[CopyBuffer]; }
        Errno e = Target.WriteHeader(SegmentFormat.Filling, _sequence + 1);
        if (e.Failed) { return e; }
        _queue.Clear();
        _queueHead = 0;
        foreach (LiveRecord live in _live.Values)
        {
            live.CopyOffset = 0;
            live.Queued = true;
            _queue.Add(live);
        }
        _copiesLength = 0;
        _copied = 0;
        _targetTail = SegmentFormat.HeaderSize;
        _compacting = true;
        return Errno.None;
    }

    private Segment Target => _segments[1 - _current];

    private void OnChangedWhileCompacting(LiveRecord live)
    {
        if (!_compacting || live.Queued) { return; }
        live.Queued = true;
        _queue.Add(live);
    }

    private void OnRemovedWhileCompacting(LiveRecord live)
    {
        live.Removed = true;
        OnChangedWhileCompacting(live);
    }

    private Errno Copy(LiveRecord live)
    {
        Result<int> at = CopyRoom(live.Length);
        if (at.Failed) { return at.Error; }
        Span<byte> record = _copies.AsSpan(at.Value, live.Length);
        Result<int> n = _segments[_current].Read(live.Offset, record);
        if (n.Failed) { return n.Error; }
        live.CopyOffset = _targetTail;
        SealCopy(record);
        return Errno.None;
    }

    private Errno CopyRemoval(LiveRecord live)
    {
        if (live.CopyOffset == 0) { return Errno.None; }   // it never got there
        ReadOnlySpan<byte> key = live.Key.Key.Span;
        int length = SegmentFormat.RecordHeaderSize + key.Length;
        Result<int> at = CopyRoom(SegmentFormat.Padded(length));
        if (at.Failed) { return at.Error; }
        Span<byte> record = _copies.AsSpan(at.Value, SegmentFormat.Padded(length));
        record.Clear();
        SegmentFormat.WriteRecordHeader(record, length, live.Key.Kind, SegmentFormat.Removal, key.Length);
        key.CopyTo(record[SegmentFormat.RecordHeaderSize..]);
        SealCopy(record);
        return Errno.None;
    }

    private void SealCopy(Span<byte> record)
    {
        SegmentFormat.Seal(record, _sequence + 1, _targetTail, batch: 1);
        _targetTail += record.Length;
        _copied++;
    }

    /// <summary>Where the next record goes in the buffer, which is written out when it is full.</summary>
    private Result<int> CopyRoom(int padded)
    {
        if (_targetTail + padded + SegmentFormat.CommitSize > Target.Size) { return Errno.ENOSPC; }
        if (_copiesLength + padded > _copies.Length)
        {
            Errno e = WriteCopies();
            if (e.Failed) { return e; }
            if (padded > _copies.Length) { _copies = new byte[padded]; }
        }
        int at = _copiesLength;
        _copiesLength += padded;
        return at;
    }

    private Errno WriteCopies()
    {
        Errno e = Target.Write(_targetTail - _copiesLength, _copies.AsSpan(0, _copiesLength));
        _copiesLength = 0;
        return e;
    }

    private Errno FinishCompaction()
    {
        Result<int> at = CopyRoom(SegmentFormat.CommitSize);
        if (at.Failed) { return at.Error; }
        Span<byte> mark = _copies.AsSpan(at.Value, SegmentFormat.CommitSize);
        mark.Clear();
        WriteCommitMark(mark, _copied);
        SegmentFormat.Seal(mark, _sequence + 1, _targetTail, batch: 1);
        _targetTail += SegmentFormat.CommitSize;
        Errno e = WriteCopies();
        if (e.Failed) { return e; }
        Span<byte> terminator = stackalloc byte[SegmentFormat.RecordHeaderSize];
        terminator.Clear();
        if (_targetTail + terminator.Length <= Target.Size) { e = Target.Write(_targetTail, terminator); }
        if (e.Failed) { return e; }
        e = Target.WriteHeader(SegmentFormat.Complete, _sequence + 1);
        if (e.Failed) { return e; }
        _current = 1 - _current;
        _sequence++;
        _tail = _targetTail;
        _batch = 2;
        _soundFrom = 0;
        foreach (LiveRecord live in _live.Values) { live.Offset = live.CopyOffset; }
        EndCompaction();
        return Errno.None;
    }

    private Errno Abandon(Errno e)
    {
        EndCompaction();
        return e;
    }

    private void EndCompaction()
    {
        foreach (LiveRecord live in _queue) { live.Queued = false; }
        _queue.Clear();
        _queueHead = 0;
        _compacting = false;
    }
}
