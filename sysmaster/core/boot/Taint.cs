using SysMaster.Core.Conditions;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>The Tainted property: what is odd about this machine, colon-separated, empty when nothing is. man 5 org.freedesktop.systemd1.</summary>
public static class Taint
{
    private const string KernelBaseline = "4.15";

    public static string Describe(SystemFacts facts, bool clockIsLocal, string root = "")
    {
        var words = new List<string>();
        Result<ByteText> bin = Sys.ReadLink(new ByteText(root + "/bin"));
        if (bin.Failed || !bin.Value.Span.TrimStart((byte)'/').SequenceEqual("usr/bin"u8)) { words.Add("unmerged-usr"); }
        if (!SmallFile.Exists("/proc/cgroups")) { words.Add("cgroups-missing"); }
        if (clockIsLocal) { words.Add("local-hwclock"); }
        Result<ByteText> varRun = Sys.ReadLink(new ByteText(root + "/var/run"));
        if (!varRun.Failed && !(varRun.Value.Span.SequenceEqual("../run"u8) || varRun.Value.Span.SequenceEqual("/run"u8))) { words.Add("var-run-bad"); }
        if (varRun.Failed && varRun.Error == Errno.EINVAL) { words.Add("var-run-bad"); }
        if ((SmallFile.NumberOrNull("/proc/sys/kernel/overflowuid") ?? 65534) != 65534) { words.Add("overflowuid-not-65534"); }
        if ((SmallFile.NumberOrNull("/proc/sys/kernel/overflowgid") ?? 65534) != 65534) { words.Add("overflowgid-not-65534"); }
        if (VersionOrder.Compare(facts.KernelRelease, KernelBaseline) < 0) { words.Add("old-kernel"); }
        if (IsShort("/proc/self/uid_map")) { words.Add("short-uid-range"); }
        if (IsShort("/proc/self/gid_map")) { words.Add("short-gid-range"); }
        return string.Join(':', words);
    }

    /// <summary>Fewer than 65536 ids are mapped, from zero on.</summary>
    private static bool IsShort(string map)
    {
        ulong mapped = 0;
        foreach (string line in (SmallFile.TextOrNull(map) ?? "0 0 4294967295").Split('\n'))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 3 && ulong.TryParse(fields[0], out ulong from) && ulong.TryParse(fields[2], out ulong count) && from <= mapped)
            {
                mapped = Math.Max(mapped, from + count);
            }
        }
        return mapped < 65535;
    }
}
