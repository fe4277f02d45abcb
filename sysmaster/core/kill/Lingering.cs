using System.Globalization;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>Which processes keep a unit from ending, and what each waits for in the kernel: what a person at the console wants to know of a stop that hangs.</summary>
public static class Lingering
{
    private const int Most = 3;

    /// <returns>"sh (812) in do_wait, sleep (815) in hrtimer_nanosleep"; null where no process is left.</returns>
    public static string? Describe(Unit unit)
    {
        var text = new StringBuilder();
        int n = 0;
        foreach (int pid in unit.Manager.Cgroups.Pids(unit))
        {
            if (++n > Most) { continue; }
            text.Append(CultureInfo.InvariantCulture, $"{(n > 1 ? ", " : "")}{ProcStat.Name(pid)} ({pid}){Place(pid)}");
        }
        if (n > Most) { text.Append(CultureInfo.InvariantCulture, $" and {n - Most} more"); }
        return n == 0 ? null : text.ToString();
    }

    // "0" while it runs, or where the kernel does not tell. proc(5).
    private static string Place(int pid)
    {
        Result<byte[]> wchan = Sys.ReadFile(new ByteText($"/proc/{pid}/wchan"), 128);
        return wchan.Failed || wchan.Value is [] or [(byte)'0'] ? "" : $" in {Encoding.ASCII.GetString(wchan.Value)}";
    }
}
