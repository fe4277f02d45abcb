namespace SysMaster.Core.Directives;

/// <summary>cgroup controllers, and the BPF programs that systemd counts among them, in its order.</summary>
[Flags]
public enum Controllers
{
    None = 0,
    Cpu = 1 << 0,
    CpuAcct = 1 << 1,
    CpuSet = 1 << 2,
    Io = 1 << 3,
    BlkIo = 1 << 4,
    Memory = 1 << 5,
    Devices = 1 << 6,
    Pids = 1 << 7,
    BpfFirewall = 1 << 8,
    BpfDevices = 1 << 9,
    BpfForeign = 1 << 10,
    BpfSocketBind = 1 << 11,
    BpfRestrictNetworkInterfaces = 1 << 12,

    /// <summary>What <c>Delegate=yes</c> means: the kernel's own of the unified tree.</summary>
    All = Cpu | CpuSet | Io | Memory | Pids,
}
