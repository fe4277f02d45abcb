using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>What /proc says of a process. proc(5).</summary>
public static class ProcStat
{
    /// <summary>Field 22 of /proc/PID/stat; zero if there is no such process.</summary>
    public static ulong StartTime(int pid)
    {
        Span<byte> buffer = stackalloc byte[1024];   // the kernel's own bound is below it
        Result<int> stat = Sys.ReadOnce(new ByteText($"/proc/{pid}/stat"), buffer);
        if (stat.Failed) { return 0; }
        ReadOnlySpan<byte> rest = buffer[..stat.Value];
        rest = rest[(rest.LastIndexOf((byte)')') + 1)..];
        for (int field = 2; field < 22; field++)
        {
            int space = rest.IndexOf((byte)' ');
            if (space < 0) { return 0; }
            rest = rest[(space + 1)..];
        }
        return Utf8Parser.TryParse(rest, out ulong value, out _) ? value : 0;
    }

    /// <summary>Neither gone nor a zombie.</summary>
    public static bool IsAlive(int pid) => ProcessFacts.State(pid) is not (0 or (byte)'Z' or (byte)'X');

    /// <summary>Its short name; "?" if there is no such process.</summary>
    public static string Name(int pid)
    {
        Result<byte[]> comm = Sys.ReadFile(new ByteText($"/proc/{pid}/comm"), 64);
        return comm.Failed ? "?" : System.Text.Encoding.UTF8.GetString(comm.Value).TrimEnd('\n');
    }

    /// <summary>The parent; zero if unknown.</summary>
    public static int Parent(int pid)
    {
        Result<byte[]> stat = Sys.ReadFile(new ByteText($"/proc/{pid}/stat"), 4096);
        if (stat.Failed) { return 0; }
        ReadOnlySpan<byte> rest = stat.Value;
        int at = rest.LastIndexOf((byte)')') + 4;
        return at < rest.Length && Utf8Parser.TryParse(rest[at..], out int value, out _) ? value : 0;
    }
}
