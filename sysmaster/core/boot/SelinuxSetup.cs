using System.Runtime.InteropServices;
using SysMaster.Core.Logging;

namespace SysMaster.Core.Boot;

/// <summary>
/// Loads the SELinux policy as the first thing in the real root, through libselinux when it is there (dlopen: the manager does not depend on
/// it). Before a policy is loaded every process runs as "kernel"; after it, only an execve(2) moves PID 1 into init_t.
/// </summary>
public static unsafe class SelinuxSetup
{
    private const string Library = "libselinux.so.1";

    /// <param name="inContainer">The host's policy holds there.</param>
    public static SelinuxOutcome Load(bool inContainer)
    {
        if (inContainer || !IsWanted()) { return SelinuxOutcome.NothingToDo; }
        if (!NativeLibrary.TryLoad(Library, out nint library)) { return SelinuxOutcome.NothingToDo; }
        if (!NativeLibrary.TryGetExport(library, "selinux_init_load_policy", out nint function)) { return SelinuxOutcome.NothingToDo; }
        int enforce = 0;
        int failed = ((delegate* unmanaged<int*, int>)function)(&enforce);
        if (failed == 0)
        {
            Log.Info($"Successfully loaded SELinux policy.");
            return SelinuxOutcome.Loaded;
        }
        if (enforce > 0)
        {
            Log.Write(LogLevel.Emergency, new LogContext(null) { MessageId = MessageIds.SelinuxFailed }, $"Failed to load SELinux policy.");
            return SelinuxOutcome.FailedEnforcing;
        }
        Log.Debug($"Unable to load SELinux policy. Ignoring.");
        return SelinuxOutcome.NothingToDo;
    }

    /// <summary>The kernel has SELinux, nobody has loaded a policy yet (we still run as "kernel"), and a configuration asks for one.</summary>
    private static bool IsWanted()
    {
        if (!(SmallFile.TextOrNull("/proc/filesystems") ?? "").Contains("selinuxfs", StringComparison.Ordinal)) { return false; }
        string context = SmallFile.FirstLineOrNull("/proc/self/attr/current") ?? "";
        if (context.Length > 0 && context != "kernel") { return false; }
        string config = SmallFile.TextOrNull("/etc/selinux/config") ?? "";
        return config.Length > 0 && !config.Contains("\nSELINUX=disabled", StringComparison.Ordinal);
    }
}
