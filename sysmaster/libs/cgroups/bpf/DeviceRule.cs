namespace SysMaster.Cgroups;

/// <summary>Devices that may be used.</summary>
/// <param name="IsBlock">Block devices, else character devices.</param>
/// <param name="Major">Null: all.</param>
/// <param name="Minor">Null: all.</param>
/// <param name="Access">Of <see cref="DeviceAccess"/>.</param>
public readonly record struct DeviceRule(bool IsBlock, uint? Major, uint? Minor, DeviceAccess Access);

/// <summary>BPF_DEVCG_ACC_*.</summary>
[Flags]
public enum DeviceAccess
{
    None = 0,
    Make = 1,
    Read = 2,
    Write = 4,
}
