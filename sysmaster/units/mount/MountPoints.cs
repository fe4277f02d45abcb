using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Mount;

/// <summary>Mount points that are not like others: those of the system itself. systemd.mount(5); API file systems: file-hierarchy(7).</summary>
public static class MountPoints
{
    /// <summary>Made by the manager before anything else: there are no units for them.</summary>
    private static readonly string[] s_api =
    [
        "/proc", "/sys", "/dev", "/dev/pts", "/dev/shm", "/run", "/sys/kernel/security", "/sys/fs/smackfs", "/sys/fs/cgroup", "/sys/fs/pstore",
        "/sys/firmware/efi/efivars", "/sys/fs/bpf",
        // Of other parts of the system, and what container managers lay over single files.
        "/sys/fs/selinux", "/run/host", "/dev/console", "/proc/kmsg", "/proc/sys", "/proc/sys/kernel/random/boot_id",
    ];

    private static readonly string[] s_extrinsicTrees = ["/run/initramfs", "/proc", "/sys", "/dev"];

    public static bool IsApi(ReadOnlySpan<byte> path)
    {
        foreach (string api in s_api)
        {
            if (System.Text.Ascii.Equals(path, api)) { return true; }
        }
        return path.StartsWith("/sys/fs/cgroup/"u8) || path.StartsWith("/run/host/"u8);
    }

    /// <summary>It was there before the system's own mounts and stays until the end: it takes no part in start and shutdown order.</summary>
    public static bool IsExtrinsic(ReadOnlySpan<byte> path)
    {
        if (path.SequenceEqual("/"u8) || path.SequenceEqual("/usr"u8)) { return true; }
        foreach (string tree in s_extrinsicTrees)
        {
            if (path.Length >= tree.Length && System.Text.Ascii.Equals(path[..tree.Length], tree) && (path.Length == tree.Length || path[tree.Length] == (byte)'/'))
            {
                return true;
            }
        }
        return false;
    }

    public static bool IsDevicePath(ByteText what) => what.StartsWith("/dev/"u8) || what.StartsWith("/sys/"u8);

    /// <summary>What is in it already will not be seen while something is mounted there.</summary>
    public static void WarnIfNotEmpty(Unit unit, ByteText where)
    {
        Result<DirectoryReader> open = Sys.OpenDirectory(where);
        if (open.Failed) { return; }
        using DirectoryReader reader = open.Value;
        foreach (DirectoryEntry _ in reader)
        {
            LogField[] fields = [new LogField("WHERE", where.ToString())];
            Log.Write(LogLevel.Notice, new LogContext(unit) { MessageId = MessageIds.Overmounting, Fields = fields },
                $"Directory {where.ToString()} to mount over is not empty, mounting anyway.");
            return;
        }
    }

    public static ByteText ParentOf(ByteText path)
    {
        int slash = path.Span.LastIndexOf((byte)'/');
        return slash <= 0 ? "/"u8 : path.Span[..slash];
    }
}
