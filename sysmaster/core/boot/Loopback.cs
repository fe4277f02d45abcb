using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>"lo" up: the kernel then gives it 127.0.0.1 and ::1 by itself.</summary>
public static class Loopback
{
    /// <summary>In a network namespace that is not ours it is up already, or we may not.</summary>
    public static void Up()
    {
        Errno e = Sys.SetInterfaceUp("lo"u8);
        if (e.Failed && e != Errno.EPERM && e != Errno.ENODEV) { Log.Warning($"Failed to bring loopback interface up, ignoring: {e}"); }
    }
}
