using System.Text;
using SysMaster.Core.Logging;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// A log with a hole in it: what was written before the hole may have changed in it. A unit's old record is believed as far as the kernel does not
/// speak against it; jobs and calls are not, and nobody knows where clients are in their streams.
/// </summary>
public sealed partial class Manager
{
    private const uint JobIdsInHole = 1 << 16;   // more than a log has room for

    private Dictionary<UnitName, string>? _populated;

    /// <summary>Nobody can go by it any more.</summary>
    private bool IsDropped(SavepointLog log, ushort kind, ReadOnlySpan<byte> key)
    {
        bool ofClients = kind is RecordKinds.Connection or RecordKinds.Call or RecordKinds.Holders or RecordKinds.Subscribers;
        if (!ofClients && !(kind == RecordKinds.Job && log.IsInDoubt)) { return false; }
        if (!ofClients) { Log.Warning($"{Encoding.ASCII.GetString(key)}: its job may have ended in the lost part of the state log, and is given up."); }
        log.StageRemoval(kind, key);
        return true;
    }

    /// <summary>The kernel shows processes where an old record knows of none, or of others: the unit is taken over as it is found.</summary>
    private bool IsRefuted(UnitName name, ReadOnlySpan<byte> key, RecordReader fields)
    {
        if (Savepoint is not { IsInDoubt: true, HasDoubts: true } log) { return false; }
        if (!(_populated ??= Cgroups.PopulatedUnits()).TryGetValue(name, out string? path)) { return false; }
        if (_typeByKind[(int)name.Kind]?.Explains is not { } explains || explains(fields, Cgroups.PidsAt(path))) { return false; }
        Log.Warning($"{name}: its record is older than a lost part of the state log, and not of what runs. The unit is what the kernel shows of it.");
        log.StageRemoval(RecordKinds.Unit, key);
        RecordsSetAside++;
        return true;
    }

    /// <summary>Of a boot that was under way nobody knows how far it was: what is not found running is started.</summary>
    private void DoubtBoot()
    {
        if (StartupIsFinished || (_managerIsRead && Phase == BootPhase.Prepare)) { return; }
        LogWasLost = true;
        Phase = BootPhase.Load;
    }

    private bool _managerIsRead;

    /// <summary>All of it is written anew, and the next manager finds a log without a hole.</summary>
    private void SettleDoubts()
    {
        _lastJobId += JobIdsInHole;
        _populated = null;
        foreach (Unit unit in Units) { unit.MarkDirty(); }
        MarkManagerDirty();
        _doubtsAreSettled = true;
    }

    private bool _doubtsAreSettled;
}
