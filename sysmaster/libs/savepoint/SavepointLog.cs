using System.Buffers.Binary;
using SysMaster.Linux;

namespace SysMaster.Savepoint;

/// <summary>
/// State that outlives the process: records of (kind, key, fields) in two sealed memfds that somebody else keeps. A record is the whole
/// snapshot of one object; the latest of each (kind, key) counts. The records of one loop turn are staged and become true together, with
/// <see cref="Commit"/>: one write, a commit mark at its end. Whoever dies before that has changed nothing; effects follow the commit.
/// <para>When a segment fills up with superseded records, the live ones are copied into the other, a slice at a time
/// (<see cref="CompactSlice"/>), while commits go on in the old one; what changes meanwhile is copied again. The copies are of bytes, so
/// fields that this build does not know are carried along.</para>
/// </summary>
public sealed partial class SavepointLog : IDisposable
{
    public const int DefaultSegment = 4 << 20;
    public const int MinSegment = 512 << 10;
    public const int MaxRecord = 256 << 10;
    public const int MaxKey = 255;

    private const int ReplayWindow = 64 << 10;

    private readonly Segment[] _segments;
    private readonly Dictionary<RecordKey, LiveRecord> _live;
    private readonly Dictionary<RecordKey, LiveRecord>.AlternateLookup<RecordKey.Borrowed> _lookup;
    private int _current;
    private ulong _sequence = 1;
    private long _tail = SegmentFormat.HeaderSize;
    private uint _batch = 1;
    private long _liveBytes;

    private const int UsualBatch = 16 * 1024;

    private byte[] _staged = new byte[UsualBatch];
    private int _stagedLength;
    private int _stagedRecords;
    private int _openRecord = -1;
    private int _openKeyLength;
    private ushort _openKind;

    private SavepointLog(Segment first, Segment second)
    {
        _segments = [first, second];
        _live = new Dictionary<RecordKey, LiveRecord>(new RecordKey.Comparer());
        _lookup = _live.GetAlternateLookup<RecordKey.Borrowed>();
    }

    /// <summary>There is a record of that key that counts.</summary>
    public bool Contains(ushort kind, ReadOnlySpan<byte> key) => _lookup.ContainsKey(new RecordKey.Borrowed(kind, key));

    /// <summary>Records that count.</summary>
    public int Count => _live.Count;

    /// <summary>Bytes of the current segment that are used, and of those that count.</summary>
    public long UsedBytes => _tail;

    public long LiveBytes => _liveBytes;

    public long SegmentSize => _segments[_current].Size;

    public bool HasStaged => _stagedLength > 0;

    /// <summary>Of the batch so far.</summary>
    public int StagedBytes => _stagedLength;

    /// <summary>The memfds, 0 and 1: hand both to whoever keeps them before the first commit. Which one is current does not matter.</summary>
    public Fd SegmentFd(int i) => _segments[i].Fd;

    /// <summary>A new, empty log. All memory is taken now.</summary>
    /// <returns>ENOMEM or ENOSPC when there is not that much.</returns>
    public static Result<SavepointLog> Create(int segmentSize = DefaultSegment)
    {
        long size = Math.Max(SegmentFormat.Padded(segmentSize), MinSegment);
        Result<Segment> first = Segment.Create(size);
        if (first.Failed) { return first.Error; }
        Result<Segment> second = Segment.Create(size);
        if (second.Failed)
        {
            first.Value.Dispose();
            return second.Error;
        }
        var log = new SavepointLog(first.Value, second.Value);
        Errno e = log._segments[0].WriteHeader(SegmentFormat.Complete, log._sequence);
        if (!e.Failed) { return log; }
        log.Dispose();
        return e;
    }

    /// <summary>A log that an earlier process, of this or another build, has left; both descriptors are ours from here on.</summary>
    /// <returns>EBADMSG: neither is a log this build can read, and the report says why. Start with a new one then, and believe the kernel.</returns>
    public static Result<SavepointLog> Open(OwnedFd first, OwnedFd second, out SavepointReport report)
    {
        report = default;
        Result<Segment> a = Segment.Adopt(first);
        Result<Segment> b = Segment.Adopt(second);
        if (a.Failed || b.Failed)
        {
            if (!a.Failed) { a.Value.Dispose(); }
            if (!b.Failed) { b.Value.Dispose(); }
            return Errno.EBADMSG;
        }
        var log = new SavepointLog(a.Value, b.Value);
        SegmentState stateA = a.Value.ReadHeader(out ulong sequenceA);
        SegmentState stateB = b.Value.ReadHeader(out ulong sequenceB);
        report = new SavepointReport { First = stateA, Second = stateB };
        if (stateA != SegmentState.Complete && stateB != SegmentState.Complete)
        {
            log.Dispose();
            return Errno.EBADMSG;
        }
        log._current = stateB == SegmentState.Complete && (stateA != SegmentState.Complete || sequenceB > sequenceA) ? 1 : 0;
        log._sequence = log._current == 0 ? sequenceA : sequenceB;
        report = log.Scan(report);
        return log;
    }

    /// <summary>Of the record that is being replayed: a later one of the same key may have been among what was lost.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Changes are lost: damage that could not be put right, with committed batches behind it. Until the next compaction.</summary>
    public bool HasDoubts => _soundFrom > 0;

    /// <summary>The latest record of each key, oldest first. Changes made by the observer are not seen by this walk.</summary>
    /// <param name="only">This kind alone; 0: all.</param>
    public Errno Replay(IRecordObserver observer, ushort only = 0)
    {
        var records = new List<LiveRecord>(_live.Values);
        if (only != 0) { records.RemoveAll(live => live.Key.Kind != only); }
        records.Sort(static (x, y) => x.Offset.CompareTo(y.Offset));
        var window = new byte[ReplayWindow];
        long at = 0;
        int filled = 0;
        foreach (LiveRecord live in records)
        {
            if (live.Offset < at || live.Offset + live.Length > at + filled)
            {
                if (live.Length > window.Length) { window = new byte[live.Length]; }
                Result<int> n = _segments[_current].Read(live.Offset, window);
                if (n.Failed) { return n.Error; }
                (at, filled) = (live.Offset, n.Value);
            }
            Span<byte> record = window.AsSpan((int)(live.Offset - at), live.Length);
            IsInDoubt = live.Offset < _soundFrom;
            observer.OnRecord(SegmentFormat.KindOf(record), SegmentFormat.KeyOf(record), new RecordReader(SegmentFormat.FieldsOf(record)));
        }
        return Errno.None;
    }

    /// <summary>
    /// Begins the new snapshot of an object; the writer ends it when disposed. Kind 0 is the log's own. Nothing is written before Commit.
    /// </summary>
    public RecordWriter Stage(ushort kind, ReadOnlySpan<byte> key)
    {
        BeginRecord(kind, key);
        return new RecordWriter(this);
    }

    /// <summary>The same for an object that knows how to save itself.</summary>
    public void Stage<T>(ushort kind, ReadOnlySpan<byte> key, T saved)
        where T : ISaved
    {
        using RecordWriter writer = Stage(kind, key);
        saved.Save(writer);
    }

    /// <summary>The object is gone. A key that never was is fine.</summary>
    public void StageRemoval(ushort kind, ReadOnlySpan<byte> key)
    {
        BeginRecord(kind, key);
        EndRecord(SegmentFormat.Removal);
    }

    /// <summary>Forgets what was staged since the last commit.</summary>
    public void Discard()
    {
        _stagedLength = 0;
        _stagedRecords = 0;
        _openRecord = -1;
    }

    /// <summary>What was staged becomes true, all or nothing, in one write. A compaction is finished first if there is no room otherwise.</summary>
    /// <returns>ENOSPC when the live records leave no room: nothing was written, the batch stays staged.</returns>
    public Errno Commit()
    {
        if (_openRecord >= 0) { throw new InvalidOperationException("a record is still open"); }
        if (_stagedLength == 0) { return Errno.None; }
        if (_tail + _stagedLength + SegmentFormat.CommitSize > SegmentSize)
        {
            Errno room = Compact();
            if (room.Failed) { return room; }
            if (_tail + _stagedLength + SegmentFormat.CommitSize > SegmentSize) { return Errno.ENOSPC; }
        }
        int recordsLength = _stagedLength;
        AddCommitMark(_stagedRecords);
        for (int at = 0; at < _stagedLength;)
        {
            int padded = SegmentFormat.Padded(SegmentFormat.LengthOf(_staged.AsSpan(at)));
            SegmentFormat.Seal(_staged.AsSpan(at, padded), _sequence, _tail + at, _batch);
            at += padded;
        }
        Errno e = _segments[_current].Write(_tail, WithTerminator(SegmentSize - _tail));
        if (e.Failed)
        {
            _stagedLength = recordsLength;
            return e;
        }
        for (int at = 0; at < recordsLength;)
        {
            ReadOnlySpan<byte> record = _staged.AsSpan(at);
            int padded = SegmentFormat.Padded(SegmentFormat.LengthOf(record));
            Index(record[..padded], _tail + at);
            at += padded;
        }
        _tail += _stagedLength;
        _batch++;
        Discard();
        return Errno.None;
    }

    /// <summary>Gives back what a large batch took.</summary>
    public void Trim()
    {
        if (_stagedLength == 0 && _staged.Length > UsualBatch) { _staged = new byte[UsualBatch]; }
        if (!_compacting)
        {
            _copies = [];
            _queue.TrimExcess();
        }
        _live.TrimExcess();
    }

    public void Dispose()
    {
        _segments[0].Dispose();
        _segments[1].Dispose();
    }

    internal int StagedLength => _stagedLength;

    internal Span<byte> StagedAt(int at, int length) => _staged.AsSpan(at, length);

    /// <summary>The next bytes of the batch.</summary>
    internal Span<byte> Room(int length)
    {
        if (_openRecord < 0) { throw new InvalidOperationException("no record is open"); }
        if (length > MaxRecord) { throw new ArgumentOutOfRangeException(nameof(length), "a field longer than a record may be"); }
        if (_stagedLength + length > _staged.Length) { Array.Resize(ref _staged, Math.Max(_staged.Length * 2, _stagedLength + length)); }
        Span<byte> room = _staged.AsSpan(_stagedLength, length);
        _stagedLength += length;
        return room;
    }

    internal void EndRecord() => EndRecord(0);

    private void BeginRecord(ushort kind, ReadOnlySpan<byte> key)
    {
        if (_openRecord >= 0) { throw new InvalidOperationException("a record is still open"); }
        if (kind == 0) { throw new ArgumentOutOfRangeException(nameof(kind), "kind 0 is the log's own"); }
        if (key.Length > MaxKey) { throw new ArgumentOutOfRangeException(nameof(key), "longer than 255 bytes"); }
        _openRecord = _stagedLength;
        _openKind = kind;
        _openKeyLength = key.Length;
        Room(SegmentFormat.RecordHeaderSize).Clear();
        key.CopyTo(Room(key.Length));
    }

    private void EndRecord(byte flags)
    {
        int length = _stagedLength - _openRecord;
        if (length > MaxRecord)
        {
            _stagedLength = _openRecord;
            _openRecord = -1;
            throw new InvalidOperationException("a record of more than 256 KiB");
        }
        SegmentFormat.WriteRecordHeader(_staged.AsSpan(_openRecord), length, _openKind, flags, _openKeyLength);
        Room(SegmentFormat.Padded(length) - length).Clear();
        _openRecord = -1;
        _stagedRecords++;
    }

    /// <summary>
    /// The batch and an empty record header after it, which the next batch overwrites: where the memory was used before, a replay must not
    /// take old bytes for a torn write.
    /// </summary>
    private ReadOnlySpan<byte> WithTerminator(long room)
    {
        int length = _stagedLength;
        if (length + SegmentFormat.RecordHeaderSize > room) { return _staged.AsSpan(0, length); }
        if (length + SegmentFormat.RecordHeaderSize > _staged.Length) { Array.Resize(ref _staged, _staged.Length * 2); }
        _staged.AsSpan(length, SegmentFormat.RecordHeaderSize).Clear();
        return _staged.AsSpan(0, length + SegmentFormat.RecordHeaderSize);
    }

    private void AddCommitMark(int records)
    {
        _openRecord = _stagedLength;
        Span<byte> mark = Room(SegmentFormat.CommitSize);
        mark.Clear();
        WriteCommitMark(mark, records);
        _openRecord = -1;
    }

    private static void WriteCommitMark(Span<byte> mark, int records)
    {
        SegmentFormat.WriteRecordHeader(mark, SegmentFormat.CommitSize, 0, SegmentFormat.CommitMark, 0);
        BinaryPrimitives.WriteInt32LittleEndian(mark[SegmentFormat.RecordHeaderSize..], records);
    }

    /// <summary>A committed record takes its place in the index.</summary>
    private void Index(ReadOnlySpan<byte> record, long offset) => Index(record, record.Length, offset);

    /// <param name="record">At least its header and key.</param>
    /// <param name="length">Of all of it, padded.</param>
    /// <param name="offset">Its place.</param>
    private void Index(ReadOnlySpan<byte> record, int length, long offset)
    {
        var key = new RecordKey.Borrowed(SegmentFormat.KindOf(record), SegmentFormat.KeyOf(record));
        bool known = _lookup.TryGetValue(key, out LiveRecord? live);
        if (known) { _liveBytes -= live!.Length; }
        if ((SegmentFormat.FlagsOf(record) & SegmentFormat.Removal) != 0)
        {
            if (!known) { return; }
            _lookup.Remove(key);
            OnRemovedWhileCompacting(live!);
            return;
        }
        if (!known)
        {
            live = new LiveRecord(new RecordKey(key.Kind, key.Key));
            _live.Add(live.Key, live);
        }
        live!.Offset = offset;
        live.Length = length;
        _liveBytes += length;
        OnChangedWhileCompacting(live);
    }
}
