using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.Cgroups;

/// <summary>Readings of a group, v2 and v1 alike. ENOENT or EOPNOTSUPP (top group, controller off) means: no figure, shown as "[not set]".</summary>
public static class CgroupStats
{
    /// <summary>memory.current, v1 memory.usage_in_bytes; bytes.</summary>
    public static Result<ulong> Memory(CgroupTree tree, ByteText group) => Number(tree, group, IsUnified(tree) ? "memory.current"u8 : "memory.usage_in_bytes"u8);

    /// <summary>memory.peak (Linux 5.19), v1 memory.max_usage_in_bytes; bytes.</summary>
    public static Result<ulong> MemoryPeak(CgroupTree tree, ByteText group) => Number(tree, group, IsUnified(tree) ? "memory.peak"u8 : "memory.max_usage_in_bytes"u8);

    /// <summary>pids.current.</summary>
    public static Result<ulong> Tasks(CgroupTree tree, ByteText group) => Number(tree, group, "pids.current"u8);

    /// <summary>CPU time used; nanoseconds. cpu.stat is there without the controller in v2.</summary>
    public static Result<ulong> CpuNsec(CgroupTree tree, ByteText group)
    {
        if (!IsUnified(tree)) { return Number(tree, group, "cpuacct.usage"u8); }
        Result<byte[]> text = tree.Read(group, "cpu.stat"u8);
        if (text.Failed) { return text.Error; }
        return KeyedText.TryGet(text.Value, "usage_usec"u8, out ulong usec) ? usec * 1000 : Errno.ENODATA;
    }

    /// <summary>Processes the OOM killer took: "oom_kill" of memory.events, v1 of memory.oom_control. Counts what is below in v2.</summary>
    public static Result<ulong> OomKills(CgroupTree tree, ByteText group)
    {
        Result<byte[]> text = tree.Read(group, IsUnified(tree) ? "memory.events"u8 : "memory.oom_control"u8);
        if (text.Failed) { return text.Error; }
        return KeyedText.TryGet(text.Value, "oom_kill"u8, out ulong kills) ? kills : Errno.ENODATA;
    }

    /// <summary>Bytes and operations over all devices, from io.stat (v2 only).</summary>
    public static Result<IoReading> Io(CgroupTree tree, ByteText group)
    {
        if (!IsUnified(tree)) { return Errno.EOPNOTSUPP; }
        Result<byte[]> text = tree.Read(group, "io.stat"u8);
        return text.Failed ? text.Error : IoReading.Parse(text.Value);
    }

    private static bool IsUnified(CgroupTree tree) => tree.Layout.Mode == CgroupMode.Unified;

    private static Result<ulong> Number(CgroupTree tree, ByteText group, ReadOnlySpan<byte> attribute)
    {
        Result<byte[]> text = tree.Read(group, attribute);
        if (text.Failed) { return text.Error; }
        if (text.Value.AsSpan().StartsWith("max"u8)) { return ulong.MaxValue; }
        return Utf8Parser.TryParse(text.Value, out ulong value, out _) ? value : Errno.ENODATA;
    }
}
