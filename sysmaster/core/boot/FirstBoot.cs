using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>Is this the first boot (machine-id(5), "First Boot Semantics"), and the marker that tells others.</summary>
public static class FirstBoot
{
    public const string Marker = "/run/systemd/first-boot";

    /// <summary>/etc/machine-id is missing or "uninitialized"; the switch systemd.condition_first_boot= overrides. Never in the initrd.</summary>
    public static bool Detect(BootOptions options, bool inInitrd, string root = "")
    {
        if (inInitrd) { return false; }
        if (options.FirstBoot is { } said) { return said; }
        string? line = SmallFile.FirstLineOrNull(root + "/etc/machine-id");
        return line is null or "uninitialized";
    }

    /// <summary>Set from the start of a first boot until the manager has finished starting up.</summary>
    public static Errno SetMarker(bool firstBoot, string root = "")
    {
        var path = new ByteText(root + Marker);
        if (firstBoot) { return Sys.WriteFile(path, default, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NOFOLLOW); }
        Errno e = Sys.Unlink(path);
        return e == Errno.ENOENT ? Errno.None : e;
    }
}
