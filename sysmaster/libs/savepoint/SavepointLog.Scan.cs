using System.Buffers.Binary;

namespace SysMaster.Savepoint;

/// <summary>What an earlier process has left: a batch counts when its mark has been seen, or a later batch, which is written after it.</summary>
public sealed partial class SavepointLog
{
    private long _soundFrom;   // where the last damage that lost changes ends; 0: there is none

    /// <summary>Records whose batch is not yet known to be whole, with the headers and keys of them.</summary>
    private sealed class OpenBatch
    {
        private readonly List<(long Offset, int Length, int Head)> _records = [];
        private byte[] _heads = new byte[16 << 10];
        private int _used;

        public int Count => _records.Count;

        public void Add(ReadOnlySpan<byte> record, long offset)
        {
            int head = Math.Min(record.Length, SegmentFormat.RecordHeaderSize + MaxKey);
            if (_used + head > _heads.Length) { Array.Resize(ref _heads, _heads.Length * 2); }
            record[..head].CopyTo(_heads.AsSpan(_used));
            _records.Add((offset, record.Length, _used));
            _used += head;
        }

        /// <returns>How many they were.</returns>
        public int Index(SavepointLog log)
        {
            int count = _records.Count;
            foreach ((long at, int length, int head) in _records) { log.Index(_heads.AsSpan(head), length, at); }
            _records.Clear();
            _used = 0;
            return count;
        }
    }

    private SavepointReport Scan(SavepointReport report)
    {
        var scan = new SegmentScan(_segments[_current], _sequence);
        var open = new OpenBatch();
        int batches = 0, records = 0;
        long lost = 0, skipped = 0, resumedAt = 0;
        bool unsound, isPartial = false;
        while (true)
        {
            if (!scan.Next(_batch, out ReadOnlySpan<byte> record, out unsound))
            {
                long damaged = scan.Offset;
                if (!unsound || !scan.Resume(_batch, out uint resumed)) { break; }
                isPartial = true;
                skipped += scan.Offset - damaged;
                resumedAt = scan.Offset;
                if (resumed == _batch) { continue; }
                _batch = resumed;
                Decide(scan.Offset);   // a later one is written when this one is
                continue;
            }
            long offset = scan.Offset - record.Length;
            if ((SegmentFormat.FlagsOf(record) & SegmentFormat.CommitMark) == 0)
            {
                open.Add(record, offset);
                continue;
            }
            int count = record.Length == SegmentFormat.CommitSize ? BinaryPrimitives.ReadInt32LittleEndian(record[SegmentFormat.RecordHeaderSize..]) : -1;
            if (isPartial ? count < open.Count : count != open.Count)
            {
                unsound = true;
                break;
            }
            isPartial = false;
            _batch++;
            batches++;
            Decide(scan.Offset);
        }
        return report with
        {
            Batches = batches,
            Records = records,
            End = unsound || skipped > 0 ? ReplayEnd.Unsound : open.Count > 0 ? ReplayEnd.OpenBatch : ReplayEnd.Clean,
            EndOffset = _tail,
            IgnoredRecords = open.Count,
            Repaired = scan.Repaired,
            Lost = lost,
        };

        void Decide(long tail)
        {
            records += open.Index(this);
            _tail = tail;
            if (skipped == 0) { return; }
            lost += skipped;
            skipped = 0;
            _soundFrom = resumedAt;
        }
    }
}
