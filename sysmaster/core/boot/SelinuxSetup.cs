using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>
/// Loads the SELinux policy as the first thing in the real root. Before a policy is loaded every process runs as "kernel"; after it, only an
/// execve(2) moves PID 1 into its domain. What lies in memory already (/run, /dev, the control groups) was made without labels and gets them.
/// </summary>
public static class SelinuxSetup
{
    private static readonly string[] s_unlabelled = ["/dev", "/run", "/sys/fs/cgroup"];

    /// <param name="inContainer">The host's policy holds there.</param>
    public static SelinuxOutcome Load(bool inContainer)
    {
        if (inContainer || !IsWanted()) { return SelinuxOutcome.NothingToDo; }
        if (!Selinux.HasLibrary)
        {
            Log.Error($"/etc/selinux/config asks for SELinux, but libselinux.so.1 cannot be loaded: there is no policy.");
            return SelinuxOutcome.NothingToDo;
        }
        Errno loaded = Selinux.LoadPolicy(out bool enforcing);
        if (!loaded.Failed)
        {
            Log.Info($"Successfully loaded SELinux policy.");
            foreach (string tree in s_unlabelled)
            {
                Errno e = Selinux.Restore(new ByteText(tree), recurse: true);
                if (e.Failed) { Log.Warning($"Not everything in {tree} could be labelled: {e.ToString()}"); }
            }
            return SelinuxOutcome.Loaded;
        }
        if (enforcing)
        {
            Log.Write(LogLevel.Emergency, new LogContext(null) { MessageId = MessageIds.SelinuxFailed }, $"Failed to load SELinux policy: it is to be enforced, so the boot ends here.");
            return SelinuxOutcome.FailedEnforcing;
        }
        Log.Warning($"Unable to load SELinux policy; it is not to be enforced, so the boot goes on without.");
        return SelinuxOutcome.NothingToDo;
    }

    /// <summary>Where executing this program leads; empty when that is where we are.</summary>
    public static string DomainOf(string program)
    {
        string domain = Selinux.DomainOf(new ByteText(program)).ToString();
        return domain == SmallFile.FirstLineOrNull("/proc/self/attr/current") ? "" : domain;
    }

    /// <summary>The kernel has SELinux, nobody has loaded a policy yet (we still run as "kernel"), and a configuration asks for one.</summary>
    private static bool IsWanted()
    {
        if (!(SmallFile.TextOrNull("/proc/filesystems") ?? "").Contains("selinuxfs", StringComparison.Ordinal)) { return false; }
        string context = SmallFile.FirstLineOrNull("/proc/self/attr/current") ?? "";
        return context is "" or "kernel" && WantsPolicy(SmallFile.TextOrNull("/etc/selinux/config") ?? "");
    }

    /// <summary>SELINUX= of the file is the last that stands there; anything but "disabled" wants a policy. No file: none.</summary>
    internal static bool WantsPolicy(string config)
    {
        bool wanted = false;
        foreach (ReadOnlySpan<char> line in config.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> text = line.Trim();
            if (!text.StartsWith("SELINUX=")) { continue; }
            wanted = !text["SELINUX=".Length..].Trim().SequenceEqual("disabled");
        }
        return wanted;
    }
}
