using System.Runtime;

namespace SysMaster.Program;

/// <summary>
/// While state is read back nearly all that is allocated stays: collecting in between would only copy it, and clients wait. What is no
/// longer needed goes with the collection after it has become quiet (docs/decisions/0002-gc.md).
/// </summary>
internal sealed class Nursery : IDisposable
{
    /// <summary>What some 5,000 units take; beyond it the collector works as usual. Memory that is not used is not touched.</summary>
    private const long Size = 32 << 20;

    public Nursery(bool wanted)
    {
        if (wanted) { _ = GC.TryStartNoGCRegion(Size); }
    }

    public void Dispose()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) { GC.EndNoGCRegion(); }
    }
}
