using SysMaster.Core.Logging;
using SysMaster.Savepoint;
using SysMaster.Spawn.Init;

namespace SysMaster.Core;

/// <summary>
/// Signals to PID 1. init keeps each until what it asked for is recorded, and tells the next manager of it otherwise; the record says which was
/// the last, so that none is acted on twice.
/// </summary>
public sealed partial class Manager
{
    private static ReadOnlySpan<byte> SignalCrumb => "signal"u8;

    private bool _hasHeardSignal;
    private uint _lastSignal;

    /// <summary>A signal has come; init sends the next one when this is recorded.</summary>
    /// <returns>False for one that the manager before us has acted on, or at which two managers have died.</returns>
    public bool HearSignal(in ForwardedSignal signal)
    {
        _hasHeardSignal = true;
        if (signal.Number == 0) { return true; }
        if (signal.Number == _lastSignal) { return false; }
        _lastSignal = signal.Number;
        MarkManagerDirty();
        if (Ledger?.Deaths(CrumbKind.Message, SignalCrumb, signal.Number) >= DeathsToSetAside)
        {
            Log.Critical($"The manager has died twice at signal {signal.Signal} from PID {signal.Pid}: it is ignored.");
            return false;
        }
        Ledger?.Point(CrumbKind.Message, SignalCrumb, signal.Number);
        return true;
    }

    private void TakeSignal()
    {
        if (!_hasHeardSignal) { return; }
        _hasHeardSignal = false;
        _ = Init?.SignalTaken();
    }
}
