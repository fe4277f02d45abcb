using SysMaster.Linux;

namespace SysMaster.Core.Logging;

/// <summary>At most <paramref name="burst"/> in each <paramref name="interval"/>; a window begins with the first taken.</summary>
internal sealed unsafe class LogRate(int burst, Usec interval)
{
    private Usec _windowEnd;
    private int _taken;

    public bool Take() => Take(Now());

    public bool Take(Usec now)
    {
        if (now >= _windowEnd)
        {
            _windowEnd = now + interval;
            _taken = 0;
        }
        return _taken++ < burst;
    }

    private static Usec Now()
    {
        timespec ts;
        _ = LibC.clock_gettime(LibC.CLOCK_MONOTONIC, &ts);
        return new Usec(((ulong)ts.tv_sec * Usec.PerSec) + ((ulong)ts.tv_nsec / 1000));
    }
}
