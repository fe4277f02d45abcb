using System.Runtime;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// After work, when it has become quiet: one full, compacting collection, and the text and constants that only the work needed are given
/// back, init's too. Idle means no allocation, so once is enough: a manager with nothing to do is not woken for this.
/// docs/decisions/0007-memory.md.
/// </summary>
internal sealed class MemoryTrim : IDeadlineObserver
{
    /// <summary>A nursery's worth of allocation (docs/decisions/0002-gc.md): a few clients, a few starts. Less is not worth a wake-up.</summary>
    private const long Work = 256 << 10;

    /// <summary>Less than this in the waiting time is quiet, in bytes allocated.</summary>
    private const long Quiet = 32 << 10;

    private static readonly Usec s_settle = Usec.FromSec(2);

    private readonly Manager _manager;
    private readonly Deadline _deadline;
    private long _trimmedAt;
    private long _armedAt;
    private bool _armed;

    public MemoryTrim(Manager manager)
    {
        _manager = manager;
        _deadline = new Deadline(manager.Monotonic, this);
        _trimmedAt = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>At the end of each turn: costs a look at a counter.</summary>
    public void OnTurnEnd()
    {
        if (_armed || GC.GetAllocatedBytesForCurrentThread() - _trimmedAt < Work) { return; }
        Arm();
    }

    public void OnElapsed(Deadline timer)
    {
        if (GC.GetAllocatedBytesForCurrentThread() - _armedAt > Quiet)
        {
            Arm();
            return;
        }
        _armed = false;
        BytePool.Trim();
        _manager.GiveBackRoom();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = _manager.Init?.Settled();
        _trimmedAt = GC.GetAllocatedBytesForCurrentThread();
        FilePages.GiveBack();
    }

    private void Arm()
    {
        _armed = true;
        _armedAt = GC.GetAllocatedBytesForCurrentThread();
        _deadline.ArmIn(s_settle);
    }
}
