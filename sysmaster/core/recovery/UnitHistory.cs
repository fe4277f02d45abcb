using System.Buffers.Binary;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>
/// The last changes of state of all units with their causes, kept in the savepoint alone: a record for each commit that changed a state, under
/// a rising number, the oldest removed beyond a bound of records and of bytes. Whoever asks reads the log; in memory there is a length for each record.
/// </summary>
public sealed class UnitHistory(Manager manager) : IRecordObserver
{
    private const int MaxRecords = 512;
    private const int MaxBytes = 192 << 10;
    private const int MaxRecord = 16 << 10;
    private const uint EntryTag = 1;

    private readonly List<HistoryEntry> _new = [];
    private readonly Queue<(uint Number, int Length)> _records = [];
    private int _bytes;
    private uint _last;
    private List<(ulong Order, HistoryEntry Entry)>? _read;
    private string _asked = "";

    /// <summary>What is being dealt with, while it is.</summary>
    public Cause Cause { get; set; }

    internal void Add(Unit unit, UnitActiveState before, UnitActiveState now)
    {
        if (manager.Savepoint is null) { return; }
        Job? job = unit.Job;
        _new.Add(new HistoryEntry(unit.Id.Text, Clock.Realtime(), before, now, unit.SubState, Cause, job?.Id ?? 0, job?.Type ?? JobType.Nop, job?.Actor ?? ""));
    }

    internal void Stage(SavepointLog log)
    {
        Span<byte> key = stackalloc byte[4];
        for (int at = 0; at < _new.Count;)
        {
            int begin = log.StagedBytes;
            uint number = ++_last;
            WriteKey(key, number);
            using (RecordWriter to = log.Stage(RecordKinds.History, key))
            {
                for (; at < _new.Count && log.StagedBytes - begin < MaxRecord; at++)
                {
                    int group = to.BeginGroup(EntryTag);
                    _new[at].Write(to);
                    to.EndGroup(group);
                }
            }
            Count(number, log.StagedBytes - begin);
        }
        _new.Clear();
        while (_records.Count > MaxRecords || _bytes > MaxBytes)
        {
            (uint number, int length) = _records.Dequeue();
            _bytes -= length;
            WriteKey(key, number);
            log.StageRemoval(RecordKinds.History, key);
        }
    }

    /// <summary>Of one unit, oldest first; of all with an empty name.</summary>
    public List<HistoryEntry> Of(string unit)
    {
        _asked = unit;
        _read = [];
        _ = manager.Savepoint?.Replay(this, RecordKinds.History);
        List<(ulong Order, HistoryEntry Entry)> found = _read;
        _read = null;
        found.Sort(static (a, b) => a.Order.CompareTo(b.Order));   // compaction has not kept the order of records
        return found.ConvertAll(static x => x.Entry);
    }

    /// <summary>Of the log of an earlier manager.</summary>
    internal void OnRead(ReadOnlySpan<byte> key, int length)
    {
        if (key.Length != 4) { return; }
        _readBack.Add((BinaryPrimitives.ReadUInt32BigEndian(key), length));
    }

    private readonly List<(uint Number, int Length)> _readBack = [];

    internal void OnAllRead()
    {
        _readBack.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        foreach ((uint number, int length) in _readBack)
        {
            Count(number, length);
            _last = number;
        }
        _readBack.Clear();
        _readBack.TrimExcess();
    }

    void IRecordObserver.OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields)
    {
        if (key.Length != 4 || _read is not { } read) { return; }
        ulong order = (ulong)BinaryPrimitives.ReadUInt32BigEndian(key) << 32;
        for (; fields.Next(out SavedField field); order++)
        {
            if (field.Tag != EntryTag) { continue; }
            HistoryEntry entry = HistoryEntry.Read(field.Group);
            if (_asked.Length == 0 || entry.Unit == _asked) { read.Add((order, entry)); }
        }
    }

    private void Count(uint number, int length)
    {
        _records.Enqueue((number, length));
        _bytes += length;
    }

    private static void WriteKey(Span<byte> key, uint number) => BinaryPrimitives.WriteUInt32BigEndian(key, number);
}
