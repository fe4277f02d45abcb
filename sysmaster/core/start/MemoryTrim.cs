using System.Buffers.Text;
using System.Runtime;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// When the boot (or a reload) has settled: one full, compacting collection, and the code that only the boot needed is given back. Clean pages
/// of our own file come back from the page cache when they are touched again. Idle means no allocation, so once is enough.
/// </summary>
internal sealed unsafe class MemoryTrim : IDeadlineObserver
{
    private static readonly Usec s_settle = Usec.FromSec(2);

    private readonly Deadline _deadline;

    public MemoryTrim(Manager manager) => _deadline = new Deadline(manager.Monotonic, this);

    public void Schedule() => _deadline.ArmIn(s_settle);

    public void OnElapsed(Deadline timer)
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GiveBackCode();
    }

    private static void GiveBackCode()
    {
        Result<byte[]> maps = Sys.ReadFile("/proc/self/maps"u8, 1 << 20);
        if (maps.Failed) { return; }
        ReadOnlySpan<byte> text = maps.Value;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            // "start-end r-xp offset dev inode path": code only. Read-only data was written to once, by the relocations of the loader.
            int dash = line.IndexOf((byte)'-'), space = line.IndexOf((byte)' ');
            if (dash <= 0 || space < dash || !line.Contains((byte)'/')) { continue; }
            ReadOnlySpan<byte> rights = line[(space + 1)..];
            if (!rights.StartsWith("r-xp"u8)) { continue; }
            if (!Utf8Parser.TryParse(line[..dash], out ulong start, out _, 'x') || !Utf8Parser.TryParse(line[(dash + 1)..space], out ulong end, out _, 'x')) { continue; }
            _ = LibC.madvise((void*)start, (nuint)(end - start), LibC.MADV_DONTNEED);
        }
    }
}
