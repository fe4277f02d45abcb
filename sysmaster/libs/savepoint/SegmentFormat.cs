using System.Buffers.Binary;
using System.Numerics;

namespace SysMaster.Savepoint;

/// <summary>
/// A segment is a sealed memfd: a header of 64 bytes, then records, each on a multiple of 8.
/// <code>
///   header   0 magic u64   8 version u32   12 state u32 (1 filling, 2 complete)   16 sequence u64   24 size u64   60 crc u32 of 0..59
///   record   0 length u32 (all of it, without padding)   4 crc u32   8 kind u16   10 flags u8   11 key length u8   12 batch u32
///            16 key, then fields, then zeros to a multiple of 8
///   commit   a record of kind 0 with flag 2; its body is the count of records in the batch, u32, and a zero u32
/// </code>
/// All numbers are little-endian. A record's checksum is CRC-32C over the segment's sequence, the record's offset, its length and all bytes
/// from 8 on, padding included: what is left over from an earlier use of the memory, or lies at another place, is not taken for a record.
/// The batch number rises by one with each commit.
/// <para>A bit that was turned over is found by the checksum and put right. What is damaged beyond that is stepped over to the next sound
/// record, by 8 bytes a step: only one of the same or a later batch counts, so that what a torn write has left behind the end never does.</para>
/// <para>Of two complete segments the one with the higher sequence counts. A segment that is filled by a compaction becomes complete by
/// one write of its header, after everything else in it.</para>
/// </summary>
internal static class SegmentFormat
{
    public const ulong Magic = 0x3130_4556_4153_4d53;   // "SMSAVE01"
    public const uint Version = 1;
    public const int HeaderSize = 64;
    public const int RecordHeaderSize = 16;
    public const int CommitSize = 24;
    public const uint Filling = 1;
    public const uint Complete = 2;
    public const byte Removal = 1;
    public const byte CommitMark = 2;

    public static int Padded(int length) => (length + 7) & ~7;

    public static void WriteHeader(Span<byte> header, uint state, ulong sequence, long size)
    {
        header.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], state);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], size);
        BinaryPrimitives.WriteUInt32LittleEndian(header[60..], Crc(0, header[..60]));
    }

    /// <returns>What the header is worth; the sequence only for <see cref="SegmentState.Complete"/>.</returns>
    public static SegmentState ReadHeader(ReadOnlySpan<byte> header, long size, out ulong sequence)
    {
        sequence = 0;
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic) { return SegmentState.Foreign; }
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[60..]) != Crc(0, header[..60])) { return SegmentState.Unsound; }
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) != Version) { return SegmentState.OtherVersion; }
        if (BinaryPrimitives.ReadInt64LittleEndian(header[24..]) != size) { return SegmentState.Unsound; }
        sequence = BinaryPrimitives.ReadUInt64LittleEndian(header[16..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) == Complete ? SegmentState.Complete : SegmentState.Filling;
    }

    /// <summary>The fixed part of a record whose key and fields stand already; the checksum follows with <see cref="Seal"/>.</summary>
    public static void WriteRecordHeader(Span<byte> record, int length, ushort kind, byte flags, int keyLength)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, length);
        BinaryPrimitives.WriteUInt16LittleEndian(record[8..], kind);
        record[10] = flags;
        record[11] = (byte)keyLength;
    }

    public static int LengthOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record);

    public static ushort KindOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);

    public static byte FlagsOf(ReadOnlySpan<byte> record) => record[10];

    public static uint BatchOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);

    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> record) => record.Slice(RecordHeaderSize, record[11]);

    public static ReadOnlySpan<byte> FieldsOf(ReadOnlySpan<byte> record) =>
        record[(RecordHeaderSize + record[11])..LengthOf(record)];

    /// <summary>Batch and checksum, once it is known where the record will stand.</summary>
    public static void Seal(Span<byte> padded, ulong sequence, long offset, uint batch)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(padded[12..], batch);
        BinaryPrimitives.WriteUInt32LittleEndian(padded[4..], Checksum(padded, sequence, offset));
    }

    public static bool IsSound(ReadOnlySpan<byte> padded, ulong sequence, long offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(padded[4..]) == Checksum(padded, sequence, offset);

    /// <summary>One bit of the record is not as it was written, its length excepted: puts it right.</summary>
    public static bool Repair(Span<byte> padded, ulong sequence, long offset)
    {
        const int checksum = 4, covered = 8;   // the checksum's own place, and where what it covers begins
        return Repair(padded, checksum, covered, padded.Length, Checksum(padded, sequence, offset));
    }

    /// <summary>The same of a header.</summary>
    public static bool RepairHeader(Span<byte> header) => Repair(header, 60, 0, 60, Crc(0, header[..60]));

    private static bool Repair(Span<byte> bytes, int checksumAt, int from, int to, uint computed)
    {
        uint difference = computed ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes[checksumAt..]);
        if (BitOperations.IsPow2(difference))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[checksumAt..], computed);
            return true;
        }
        int bit = Crc32C.BitFromEnd(difference, (to - from) * 8);
        if (bit < 0) { return false; }
        bytes[to - 1 - bit / 8] ^= (byte)(0x80 >> (bit % 8));
        return true;
    }

    /// <summary>Whether a length can be one: anything else ends the replay before it is used.</summary>
    public static bool IsLength(int length, byte keyLength) =>
        length >= RecordHeaderSize + keyLength && length <= SavepointLog.MaxRecord;

    private static uint Checksum(ReadOnlySpan<byte> padded, ulong sequence, long offset)
    {
        uint crc = Crc32C.Add(Crc32C.Add(~0u, sequence), (ulong)offset);
        crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt32LittleEndian(padded));
        return Crc(crc, padded[8..]);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..]) { crc = Crc32C.Add(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes)); }
        foreach (byte b in bytes) { crc = BitOperations.Crc32C(crc, b); }
        return ~crc;
    }
}
