using System.Text;
using SysMaster.Core.Boot;
using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>ConditionPathIsEncrypted=: is the block device under a path, or every one under that, dm-crypt's?</summary>
internal static class EncryptionTests
{
    private const int MaxDepth = 16;

    public static Result<bool> IsEncrypted(ByteText path, SystemFacts facts)
    {
        Result<FileStat> stat = Sys.Stat(path);
        if (stat.Failed) { return stat.Error == Errno.ENOENT ? false : stat.Error; }
        ulong device = stat.Value.IsBlockDevice ? stat.Value.SpecialDevice : stat.Value.Device;
        if (device >> 32 == 0) { return false; }   // tmpfs, overlay, btrfs: no device of its own
        return DeviceIsEncrypted($"/sys/dev/block/{device >> 32}:{device & 0xFFFFFFFF}", MaxDepth);
    }

    private static Result<bool> DeviceIsEncrypted(string device, int depth)
    {
        if (depth == 0) { return Errno.ELOOP; }
        string? uuid = SmallFile.FirstLineOrNull(device + "/dm/uuid");
        if (uuid is not null && uuid.StartsWith("CRYPT-", StringComparison.Ordinal)) { return true; }
        // A partition has no slaves of its own: ask its disk.
        string owner = SmallFile.Exists(device + "/partition") ? device + "/.." : device;
        Result<DirectoryReader> open = Sys.OpenDirectory(new ByteText(owner + "/slaves"));
        if (open.Failed) { return open.Error == Errno.ENOENT ? false : open.Error; }
        using DirectoryReader slaves = open.Value;
        bool any = false;
        foreach (DirectoryEntry slave in slaves)
        {
            Result<bool> one = DeviceIsEncrypted($"{owner}/slaves/{Encoding.UTF8.GetString(slave.Name)}", depth - 1);
            if (one.Failed || !one.Value) { return one; }
            any = true;
        }
        return any;
    }
}
