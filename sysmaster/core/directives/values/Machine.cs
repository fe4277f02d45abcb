using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>What percentages are percentages of. The program sets the memory once at start, before units are loaded.</summary>
public static class Machine
{
    /// <summary>Physical memory in bytes.</summary>
    public static ulong Memory { get; set; } = ulong.MaxValue;

    /// <summary>Bytes of a page.</summary>
    public static ulong Page { get; } = (ulong)Environment.SystemPageSize;

    /// <summary>Most tasks the machine takes now: the lesser of pid_max and threads-max, which sysctl may change.</summary>
    public static ulong Tasks => Math.Min(Number("/proc/sys/kernel/pid_max"u8), Number("/proc/sys/kernel/threads-max"u8));

    private static ulong Number(ReadOnlySpan<byte> path)
    {
        Result<byte[]> content = Sys.ReadFile(path, 64);
        return !content.Failed && Utf8Parser.TryParse(content.Value, out ulong value, out _) ? value : ulong.MaxValue;
    }
}
