using SysMaster.Core;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>Placeholder until the bus room is merged.</summary>
public static class BusFront
{
    public static void Attach(Manager manager, OwnedFd? listener) => _ = (manager, listener);
}
