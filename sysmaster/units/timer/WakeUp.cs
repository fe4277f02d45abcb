using System.Text;
using SysMaster.Linux;

namespace SysMaster.Units.Timer;

/// <summary>
/// When within [due, due + AccuracySec=] to wake up: at the same offset within the minute (or ten seconds, second, quarter second) for all
/// timers of one machine, so that they share wake-ups, and at another offset on another machine, so that a network does not.
/// </summary>
internal static class WakeUp
{
    private static readonly ulong[] s_grids = [Usec.PerMinute, 10 * Usec.PerSec, Usec.PerSec, 250 * Usec.PerMsec];

    /// <param name="due">Not before.</param>
    /// <param name="accuracy">Nor later than this after it.</param>
    /// <param name="offset">The machine's own, below a minute.</param>
    public static Usec Pick(Usec due, Usec accuracy, ulong offset)
    {
        if (due.IsInfinity) { return due; }
        ulong first = due.Value, last = (due + accuracy).Value;
        if (last == ulong.MaxValue) { last--; }
        foreach (ulong grid in s_grids)
        {
            ulong at = (last / grid * grid) + (offset % grid);
            if (at > last)
            {
                if (at < grid) { continue; }
                at -= grid;
            }
            if (at >= first) { return new Usec(at); }
        }
        return new Usec(last);
    }

    /// <summary>FNV-1a with a final mix: the same for the same names, on every machine and version.</summary>
    public static ulong Hash(params ReadOnlySpan<string> parts)
    {
        ulong hash = 14695981039346656037;
        foreach (string part in parts)
        {
            foreach (byte b in Encoding.UTF8.GetBytes(part)) { hash = (hash ^ b) * 1099511628211; }
            hash = (hash ^ 0xFF) * 1099511628211;
        }
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        return hash ^ (hash >> 33);
    }
}
