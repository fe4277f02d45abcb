using System.Diagnostics;
using System.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.ExecutorSmoke;

/// <summary>Cost of N starts of /bin/true: wall time, and CPU time of the children up to and with the program.</summary>
internal static class Bench
{
    public static int Run(string executor, int count)
    {
        using var zygote = new Zygote(executor);
        var plain = new ExecRequest { Unit = (ByteText)"bench.service", Path = (ByteText)"/bin/true", BaseEnvironment = [(ByteText)"PATH=/usr/bin:/bin"] };
        Measure(zygote, "plain", plain, count);
        var server = Cases.Server("/bin/true");
        Measure(zygote, "sandboxed server", server, count);
        Console.WriteLine(File.ReadAllText($"/proc/{zygote.Pid}/smaps_rollup"));
        return 0;
    }

    private static void Measure(Zygote zygote, string name, ExecRequest request, int count)
    {
        for (int i = 0; i < 20; i++) { _ = zygote.Run(request); }
        double zygoteBefore = Cpu($"/proc/{zygote.Pid}/stat");
        double childrenBefore = Children();
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < count; i++)
        {
            Outcome o = zygote.Run(request);
            if (o.Status != 0 || !o.Executed) { throw new InvalidOperationException(o.ToString()); }
        }
        double wall = watch.Elapsed.TotalMicroseconds / count;
        double children = (Children() - childrenBefore) / count;
        double self = (Cpu($"/proc/{zygote.Pid}/stat") - zygoteBefore) / count;
        Console.WriteLine($"{name}: {wall:F0} us wall, child {children:F0} us CPU, executor {self:F0} us CPU per start, of {count}");
    }

    [System.Runtime.InteropServices.DllImport("libc")]
    private static extern unsafe int getrusage(int who, long* usage);

    private static unsafe double Children()
    {
        long* usage = stackalloc long[18];
        _ = getrusage(-1, usage);
        return ((usage[0] + usage[2]) * 1e6) + usage[1] + usage[3];
    }

    private static double Cpu(string stat)
    {
        string[] parts = File.ReadAllText(stat, Encoding.ASCII).Split(')')[1].Split(' ');
        return (double.Parse(parts[12], null) + double.Parse(parts[13], null)) * 10_000;
    }
}
