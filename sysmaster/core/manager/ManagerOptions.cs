namespace SysMaster.Core;

/// <summary>How this manager was started, and for whom.</summary>
public sealed class ManagerOptions
{
    public bool IsSystem { get; init; } = true;

    /// <summary>"/run" for the system, $XDG_RUNTIME_DIR for a user's manager.</summary>
    public string RuntimeDirectory { get; init; } = "/run";

    public uint Uid { get; init; }

    public uint Gid { get; init; }

    public string UserName { get; init; } = "root";

    public string GroupName { get; init; } = "root";

    public string Home { get; init; } = "/root";

    public string Shell { get; init; } = Linux.Sys.Exists("/bin/bash"u8) ? "/bin/bash" : "/bin/sh";

    public string ConfigHome { get; init; } = "/root/.config";

    /// <summary>For StateDirectory= and, below `log`, LogsDirectory= of a user's services.</summary>
    public string StateHome { get; init; } = "/root/.local/state";

    public string DataHome { get; init; } = "/root/.local/share";

    public string CacheHome { get; init; } = "/root/.cache";

    /// <summary>The unit to start at boot; null: default.target.</summary>
    public string? DefaultUnit { get; init; }

    /// <summary>Mounts, swaps and devices of the kernel are followed; not in tests, which must not depend on the machine.</summary>
    public bool WatchesKernel { get; init; } = true;
}
