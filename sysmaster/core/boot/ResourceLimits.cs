using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>
/// The limits of the manager itself, raised at start, and those that services get when no unit says otherwise: the manager needs many
/// descriptors, programs that use select(2) must not see more than 1024.
/// </summary>
public sealed class ResourceLimits
{
    private const int RLIMIT_NOFILE = 7;
    private const int RLIMIT_MEMLOCK = 8;
    private const ulong NofileHard = 512 * 1024;
    private const ulong MemlockFloor = 64UL << 20;

    private ResourceLimits((ulong Soft, ulong Hard) serviceNofile, (ulong Soft, ulong Hard) serviceMemlock)
    {
        ServiceNofile = serviceNofile;
        ServiceMemlock = serviceMemlock;
    }

    /// <summary>DefaultLimitNOFILE= when nobody set it: 1024:524288, never above what the kernel allows.</summary>
    public (ulong Soft, ulong Hard) ServiceNofile { get; }

    /// <summary>DefaultLimitMEMLOCK= when nobody set it: what we were started with.</summary>
    public (ulong Soft, ulong Hard) ServiceMemlock { get; }

    /// <summary>Reads what we were started with and raises our own. What a container forbids stays as it is, with a warning.</summary>
    public static ResourceLimits Raise(SystemFacts facts)
    {
        (ulong Soft, ulong Hard) nofile = Get(RLIMIT_NOFILE);
        (ulong Soft, ulong Hard) memlock = Get(RLIMIT_MEMLOCK);
        ulong max = SmallFile.NumberOrNull("/proc/sys/fs/nr_open") ?? 1024 * 1024;
        Set(RLIMIT_NOFILE, "nofile", max, nofile.Hard);
        // An eighth of the memory: BPF maps counted against it before Linux 5.11.
        ulong lockable = Math.Max(Math.Max(MemlockFloor, memlock.Hard == ulong.MaxValue ? 0 : memlock.Hard), facts.PhysicalMemory / 8);
        Set(RLIMIT_MEMLOCK, "memlock", lockable, memlock.Hard);
        // A user's manager cannot give more than it has.
        ulong hard = LibC.geteuid() == 0 ? Math.Min(max, Math.Max(nofile.Hard, NofileHard)) : nofile.Hard;
        return new ResourceLimits((Math.Min(1024, hard), hard), memlock);
    }

    /// <summary>As high as asked; where that is refused, as high as the hard limit lets us.</summary>
    private static void Set(int resource, string name, ulong wanted, ulong hard)
    {
        if (!Sys.SetResourceLimit(resource, wanted, wanted).Failed) { return; }
        ulong reachable = Math.Min(wanted, hard);
        Errno e = Sys.SetResourceLimit(resource, reachable, hard);
        if (e.Failed) { Log.Warning($"Failed to raise the limit {name}, ignoring: {e}"); }
    }

    private static (ulong Soft, ulong Hard) Get(int resource)
    {
        Result<(ulong Soft, ulong Hard)> limit = Sys.GetResourceLimit(resource);
        return limit.Failed ? (ulong.MaxValue, ulong.MaxValue) : limit.Value;
    }
}
