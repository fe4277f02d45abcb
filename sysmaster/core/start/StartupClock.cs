using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>The instants of a boot, as `systemd-analyze` reads them from the Manager interface. Kept through restarts of the manager.</summary>
public sealed class StartupClock
{
    /// <summary>D-Bus names without "Timestamp", in the interface's order; the index is the tag in the savepoint.</summary>
    public static readonly string[] Names =
    [
        "Firmware", "Loader", "Kernel", "InitRD", "Userspace", "Finish", "SecurityStart", "SecurityFinish", "GeneratorsStart",
        "GeneratorsFinish", "UnitsLoadStart", "UnitsLoadFinish", "UnitsLoad", "InitRDSecurityStart", "InitRDSecurityFinish",
        "InitRDGeneratorsStart", "InitRDGeneratorsFinish", "InitRDUnitsLoadStart", "InitRDUnitsLoadFinish",
    ];

    public const int Kernel = 2, InitRD = 3, Userspace = 4, Finish = 5, SecurityStart = 6, SecurityFinish = 7, GeneratorsStart = 8,
        GeneratorsFinish = 9, UnitsLoadStart = 10, UnitsLoadFinish = 11, UnitsLoad = 12;

    /// <summary>From SecurityStart to its sibling of the initrd; so for all that have one.</summary>
    public const int InInitrd = 7;

    private const uint FirstTag = 100;

    private readonly DualTimestamp[] _stamps = new DualTimestamp[Names.Length];

    public DualTimestamp this[int index]
    {
        get => _stamps[index];
        set => _stamps[index] = value;
    }

    internal void Stamp(int index) => _stamps[index] = DualTimestamp.Now();

    internal void Write(RecordWriter to)
    {
        for (uint i = 0; i < _stamps.Length; i++)
        {
            if (!_stamps[i].IsSet && _stamps[i].Monotonic == Usec.Zero) { continue; }
            to.Write(FirstTag + (2 * i), _stamps[i].Realtime);
            to.Write(FirstTag + (2 * i) + 1, _stamps[i].Monotonic);
        }
    }

    internal void Read(in SavedField f)
    {
        if (f.Tag < FirstTag || f.Tag >= FirstTag + (2 * Names.Length)) { return; }
        uint i = (f.Tag - FirstTag) / 2;
        _stamps[i] = (f.Tag - FirstTag) % 2 == 0 ? _stamps[i] with { Realtime = f.Usec } : _stamps[i] with { Monotonic = f.Usec };
    }
}
