using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>One instant on both clocks, µs; zero means never.</summary>
public readonly record struct DualTimestamp(Usec Realtime, Usec Monotonic)
{
    public bool IsSet => Realtime.Value != 0;

    public static DualTimestamp Now() => new(Clock.Realtime(), Clock.Monotonic());
}
