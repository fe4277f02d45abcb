using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// The kernel modules that units count on before any unit could have loaded them: asked for once in a boot, where the kernel has them neither built in nor
/// loaded. A helper does it, and respects the machine's blacklist; a module that cannot be had is the business of who needs it.
/// </summary>
internal sealed class KernelModules(Manager manager, Action finished) : IHelperObserver
{
    private static readonly Usec s_limit = Usec.FromSec(90);

    /// <summary>A module, and the path that is there once the kernel has it.</summary>
    private static readonly (string Module, string Sign)[] s_modules =
    [
        ("autofs4", "/sys/class/misc/autofs"), ("ipv6", "/sys/module/ipv6"), ("unix", "/proc/net/unix"),
    ];

    public void Start()
    {
        List<ByteText> command = ["/sbin/modprobe"u8, "-a"u8, "-b"u8, "-q"u8];
        int words = command.Count;
        foreach ((string module, string sign) in s_modules)
        {
            if (!Sys.Exists(new ByteText(sign))) { command.Add(new ByteText(module)); }
        }
        bool ours = manager.IsSystem && !manager.Facts.Virtualization.IsContainer && Sys.Exists("/sys/module"u8);
        if (!ours || command.Count == words) { finished(); return; }
        Errno error = manager.Helpers.Run(command.ToArray(), manager.EnvironmentBlock, s_limit, this);
        if (!error.Failed) { return; }
        Log.Warning($"Kernel modules could not be loaded: {error.ToString()}");
        finished();
    }

    public void OnHelperEnded(int tag, ChildExit exit, ReadOnlySpan<byte> output)
    {
        if (!exit.IsSuccess) { Log.Debug($"modprobe ended with exit status {exit.Status}."); }
        finished();
    }
}
