using SysMaster.Core.Boot;
using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>
/// ConditionControlGroupController=: v1, v2, or controllers that must all be there, under the name they have in the hierarchy in use (io is
/// v2's, blkio v1's). Unknown names are passed over.
/// </summary>
internal static class CgroupTests
{
    private static readonly string[] s_known = ["cpu", "cpuacct", "cpuset", "io", "blkio", "memory", "devices", "pids"];

    public static Result<bool> Controller(ByteText parameter, SystemFacts facts)
    {
        string text = parameter.ToString();
        bool unified = SmallFile.Exists("/sys/fs/cgroup/cgroup.controllers");
        if (text is "v2") { return unified; }
        if (text is "v1") { return !unified; }
        string available = unified ? SmallFile.FirstLineOrNull("/sys/fs/cgroup/cgroup.controllers") ?? "" : V1Controllers();
        foreach (string wanted in text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            bool known = Array.IndexOf(s_known, wanted) >= 0;
            if (known && !$" {available} ".Contains($" {wanted} ", StringComparison.Ordinal)) { return false; }
        }
        return true;
    }

    /// <summary>/proc/cgroups: name, hierarchy, groups, enabled.</summary>
    private static string V1Controllers()
    {
        var list = new System.Text.StringBuilder();
        foreach (string line in (SmallFile.TextOrNull("/proc/cgroups") ?? "").Split('\n'))
        {
            string[] fields = line.Split('\t', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 4 && fields[3] == "1") { list.Append(fields[0]).Append(' '); }
        }
        return list.ToString().TrimEnd();
    }
}
