using System.Text;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>What PID 1 sets in /proc/sys before systemd-sysctl runs. A setting that a container forbids is no error.</summary>
public static class KernelSettings
{
    private const ulong DatagramQueue = 512;

    /// <param name="options">For systemd.early_core_pattern=.</param>
    /// <param name="inContainer">Then the kernel is not ours: nothing that is not per namespace.</param>
    public static void Apply(BootOptions options, bool inContainer)
    {
        RaiseDatagramQueue();
        if (inContainer) { return; }
        // Without it the kernel drops what init says to /dev/kmsg after ten lines.
        Set("kernel/printk_devkmsg", "on");
        // Memory cgroups bound file descriptors well enough: the number for the whole machine only gets in the way.
        Set("fs/file-max", "9223372036854775807");
        SetCorePattern(options.EarlyCorePattern);
    }

    /// <summary>Until a handler for core dumps is installed there are none: a crash in early boot must not fill the root directory.</summary>
    private static void SetCorePattern(string? wanted)
    {
        if (wanted is null && SmallFile.FirstLineOrNull("/proc/sys/kernel/core_pattern") != "core") { return; }
        if (wanted is not null && !(wanted.StartsWith('/') || wanted.StartsWith('|')))
        {
            Log.Warning($"Specified core pattern '{wanted}' is not an absolute path, ignoring.");
            return;
        }
        Set("kernel/core_pattern", wanted ?? "|/bin/false");
    }

    /// <summary>Sockets such as the notify socket and journald's queue this many messages; the kernel's 10 is too few for a boot.</summary>
    private static void RaiseDatagramQueue()
    {
        if (SmallFile.NumberOrNull("/proc/sys/net/unix/max_dgram_qlen") is { } now && now < DatagramQueue)
        {
            Set("net/unix/max_dgram_qlen", "512");
        }
    }

    private static void Set(string name, string value)
    {
        Errno e = Sys.WriteFile(new ByteText("/proc/sys/" + name), Encoding.ASCII.GetBytes(value + "\n"));
        if (e.Failed && e != Errno.EROFS && e != Errno.EPERM && e != Errno.EACCES && e != Errno.ENOENT)
        {
            Log.Warning($"Failed to set sysctl {name}={value}: {e}");
        }
    }
}
