using System.Globalization;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>Which processors belong to NUMA nodes: /sys/devices/system/node.</summary>
internal static class NumaNodes
{
    /// <returns>Bit n of byte n/8 is CPU n; empty where the kernel tells nothing.</returns>
    public static byte[] CpusOf(CpuMask nodes)
    {
        CpuMask all = CpuMask.Empty;
        for (int node = 0; node < nodes.Bits.Length * 8; node++)
        {
            if (!nodes.Has(node)) { continue; }
            Result<byte[]> list = Sys.ReadFile(new ByteText($"/sys/devices/system/node/node{node.ToString(CultureInfo.InvariantCulture)}/cpulist"), 4096);
            if (!list.Failed && CpuSet.TryParse(list.Value.AsSpan().Trim("\n "u8), out CpuSet set)) { all = all.Union(new CpuMask(set.ToBytes())); }
        }
        return all.Bits.ToArray();
    }
}
