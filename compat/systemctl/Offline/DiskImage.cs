using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>--image=: its file systems, mounted for as long as we work on them. systemd-dissect knows partition tables and verity; it does the
/// mounting.</summary>
internal sealed class DiskImage : IDisposable
{
    private readonly string _mountPoint;

    private DiskImage(string mountPoint) => _mountPoint = mountPoint;

    /// <summary>Mounts it, and makes the settings work below.</summary>
    /// <returns>Null after saying why not.</returns>
    public static DiskImage? Open(Settings settings)
    {
        string mountPoint = $"/run/systemctl-image-{Environment.ProcessId}";
        Errno error = Sys.MkdirAll(new ByteText(mountPoint), 0x1C0);
        if (error.Failed)
        {
            _ = Log.Error($"Failed to create {mountPoint}", error);
            return null;
        }
        var image = new DiskImage(mountPoint);
        if (Run(["systemd-dissect", "--mount", settings.Image, mountPoint]))
        {
            settings.Root = mountPoint;
            return image;
        }
        _ = Sys.Unlink(new ByteText(mountPoint), LibC.AT_REMOVEDIR);
        return null;
    }

    public void Dispose()
    {
        _ = Run(["systemd-dissect", "--umount", _mountPoint]);
        _ = Sys.Unlink(new ByteText(_mountPoint), LibC.AT_REMOVEDIR);
    }

    private static bool Run(string[] words)
    {
        Result<ChildProcess> child = ChildProcess.Start(words);
        if (child.Failed) { return Log.Error($"Failed to execute {words[0]}, which mounts images", child.Error) == 0; }
        return child.Value.Wait() == 0;
    }
}
