using SysMaster.Core;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>BindMount and MountImage: entering another process's mount namespace is no part of this build, and is said so.</summary>
internal static class ServiceMounts
{
    public static void Refuse(Unit unit, MethodCall call) => call.Error(BusErrors.NotSupported, $"Unit {unit.Id} does not support runtime mounting.");
}
