namespace SysMaster.Core.Boot;

/// <summary>Where the machine id came from.</summary>
public enum MachineIdSource
{
    /// <summary>/etc/machine-id held it.</summary>
    Etc,

    /// <summary>systemd.machine_id=.</summary>
    CommandLine,

    /// <summary>/var/lib/dbus/machine-id.</summary>
    DBus,

    /// <summary>The container manager: $container_uuid or /run/host/container-uuid.</summary>
    Container,

    /// <summary>The hypervisor's or the board's UUID.</summary>
    Firmware,
    Random,
}
