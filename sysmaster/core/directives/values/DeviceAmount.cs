using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>A number for one block device: weight, bytes or operations per second, latency in microseconds.</summary>
public readonly record struct DeviceAmount(ByteText Path, ulong Value);
