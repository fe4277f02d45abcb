using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>The records and descriptors of a layer above the units (the bus), when a manager recovers.</summary>
public interface IForeignRecords
{
    /// <returns>Whether the kind is its own.</returns>
    bool OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields);

    /// <summary>All records are read, units and jobs stand; nothing was compared with the kernel yet.</summary>
    /// <param name="kept">What init kept: its own are to be taken out.</param>
    void OnRecordsRead(Dictionary<string, OwnedFd> kept);

    /// <summary>Nothing is known of what these descriptors were for: who is at the other end must see that it is over.</summary>
    /// <param name="kept">What init kept: its own are to be taken out.</param>
    void OnRecordsLost(Dictionary<string, OwnedFd> kept);

    /// <summary>Units are what the kernel says.</summary>
    void OnRecovered();
}
