using System.Globalization;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>Block devices as the io and blkio controllers name them.</summary>
internal static class BlockDevices
{
    /// <summary>"major:minor" of the device node, or of what the file lies on; null where there is none.</summary>
    public static string? NumberOf(ByteText path)
    {
        Result<FileStat> stat = Sys.Stat(path);
        if (stat.Failed) { return null; }
        ulong number = stat.Value.IsBlockDevice ? stat.Value.SpecialDevice : stat.Value.Device;
        return string.Create(CultureInfo.InvariantCulture, $"{number >> 32}:{number & 0xffffffff}");
    }
}
