using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>
/// PollLimitIntervalSec=, PollLimitBurst=: a port that is ready too often is left alone until the interval is over. Nothing fails by it; who
/// connects waits. Counted anew whenever the unit begins to listen. systemd.socket(5).
/// </summary>
public sealed partial class SocketUnit
{
    private Deadline? _resume;

    private bool TestPollLimit(SocketPort port)
    {
        Usec interval = Get(SocketDirectives.PollLimitIntervalSec);
        if (interval.IsInfinity || port.Polls.Test(Manager.Loop.Now, interval, PollLimitBurst)) { return true; }
        port.PausedUntil = port.Polls.Begin + interval + new Usec(1);
        port.Source?.Dispose();
        port.Source = null;
        Log.Debug(this, $"{port.Spec.Address} was ready more than {PollLimitBurst} times within {interval}, not watched until the interval is over.");
        ArmResume();
        return false;
    }

    private void ArmResume()
    {
        Usec first = Usec.Infinity;
        foreach (SocketPort port in _ports)
        {
            if (port.PausedUntil != Usec.Zero && port.PausedUntil < first) { first = port.PausedUntil; }
        }
        if (!first.IsInfinity) { (_resume ??= new Deadline(Manager.Monotonic, this)).ArmAt(first); }
    }

    private void ResumePolling()
    {
        foreach (SocketPort port in _ports)
        {
            if (port.PausedUntil <= Manager.Loop.Now) { port.PausedUntil = Usec.Zero; }
        }
        if (State == SocketState.Listening) { Watch(); }
        ArmResume();
    }
}
