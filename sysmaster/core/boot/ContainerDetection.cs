using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>Which container manager started us, by what it left: an environment variable, files, the shape of the cgroup tree.</summary>
internal static class ContainerDetection
{
    private static readonly string[] s_known =
        ["lxc", "lxc-libvirt", "systemd-nspawn", "docker", "podman", "rkt", "wsl", "proot", "pouch", "openvz"];

    /// <returns>Empty outside a container.</returns>
    public static string Detect(string? containerEnvironment)
    {
        if (SmallFile.Exists("/proc/vz") && !SmallFile.Exists("/proc/bc")) { return "openvz"; }
        string release = SmallFile.FirstLineOrNull("/proc/sys/kernel/osrelease") ?? "";
        if (release.Contains("Microsoft", StringComparison.Ordinal) || release.Contains("WSL", StringComparison.Ordinal)) { return "wsl"; }
        if (IsProot()) { return "proot"; }
        string? said = SmallFile.FirstLineOrNull("/run/host/container-manager")
            ?? containerEnvironment
            ?? (LibC.getpid() == 1 ? null : SmallFile.FirstLineOrNull("/run/systemd/container") ?? InitEnvironmentOrNull());
        if (said is { Length: 0 }) { return ""; }
        if (said is not null) { return Translate(said); }
        string byFile = ByFile();
        if (byFile.Length > 0) { return byFile; }
        return IsInCgroupNamespace() ? "container-other" : "";
    }

    private static string Translate(string said)
    {
        if (said == "oci")
        {
            // Some OCI runtimes say no more; the files tell them apart.
            string byFile = ByFile();
            return byFile.Length > 0 ? byFile : "container-other";
        }
        return Array.IndexOf(s_known, said) >= 0 ? said : "container-other";
    }

    private static string ByFile()
        => SmallFile.Exists("/run/.containerenv") ? "podman" : SmallFile.Exists("/.dockerenv") ? "docker" : "";

    /// <summary>container= in the environment PID 1 was started with; null when it has none or we may not look.</summary>
    private static string? InitEnvironmentOrNull()
    {
        string? block = SmallFile.TextOrNull("/proc/1/environ");
        if (block is null) { return null; }
        foreach (string item in block.Split('\0'))
        {
            if (item.StartsWith("container=", StringComparison.Ordinal)) { return item["container=".Length..]; }
        }
        return null;
    }

    private static bool IsProot()
    {
        string? tracer = SmallFile.FieldOrNull("/proc/self/status", "TracerPid");
        return tracer is not null and not "0"
            && (SmallFile.FirstLineOrNull($"/proc/{tracer}/comm") ?? "").StartsWith("proot", StringComparison.Ordinal);
    }

    /// <summary>The root of the tree we see has what only a child group has (v2), or lacks what only the true root has (v1).</summary>
    private static bool IsInCgroupNamespace()
    {
        if (!SmallFile.Exists("/proc/self/ns/cgroup")) { return false; }
        if (SmallFile.Exists("/sys/fs/cgroup/cgroup.controllers")) { return SmallFile.Exists("/sys/fs/cgroup/cgroup.events"); }
        if (SmallFile.Exists("/sys/fs/cgroup/systemd/cgroup.procs")) { return !SmallFile.Exists("/sys/fs/cgroup/systemd/release_agent"); }
        return SmallFile.Exists("/sys/fs/cgroup/unified/cgroup.events");
    }
}
