using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>Is there a manager at all, and is it that of the files we see?</summary>
internal static class Booted
{
    /// <summary>sd_booted(3).</summary>
    public static bool BySystemd => Sys.Stat(new ByteText("/run/systemd/system"), followLinks: false) is { Failed: false, Value.IsDirectory: true };

    /// <summary>Our root directory is not that of PID 1. $SYSTEMD_IGNORE_CHROOT: do not ask.</summary>
    public static bool IsChroot
    {
        get
        {
            if (BooleanWord.Environment("SYSTEMD_IGNORE_CHROOT") == true) { return false; }
            Result<FileStat> ours = Sys.Stat(new ByteText("/")), theirs = Sys.Stat(new ByteText("/proc/1/root"));
            if (ours.Failed || theirs.Failed) { return false; }
            return ours.Value.Inode != theirs.Value.Inode || ours.Value.Device != theirs.Value.Device;
        }
    }

    /// <summary>Nobody is to be talked to: $SYSTEMD_OFFLINE, else a chroot.</summary>
    public static bool IsOffline => BooleanWord.Environment("SYSTEMD_OFFLINE") ?? IsChroot;
}
