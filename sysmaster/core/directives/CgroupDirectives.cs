using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Resource control: every type that has a cgroup. man 5 systemd.resource-control.</summary>
public static partial class CgroupDirectives
{
    public static readonly Directive<UnitName> Slice = new("Slice", Kinds.Slice, bus: "Slice", use: BusUse.Set | BusUse.Runtime, since: 208);
    public static readonly Directive<bool> CPUAccounting = new("CPUAccounting", Kinds.Bool,
        bus: "CPUAccounting", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 208);
    public static readonly Directive<ulong> CPUWeight = new("CPUWeight", Kinds.CpuWeight,
        def: ulong.MaxValue, bus: "CPUWeight", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 232);
    public static readonly Directive<ulong> StartupCPUWeight = new("StartupCPUWeight", Kinds.CpuWeight,
        def: ulong.MaxValue, bus: "StartupCPUWeight", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 232);
    public static readonly Directive<ulong> CPUShares = new("CPUShares", Kinds.CpuShares,
        def: ulong.MaxValue, bus: "CPUShares", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<ulong> StartupCPUShares = new("StartupCPUShares", Kinds.CpuShares,
        def: ulong.MaxValue, bus: "StartupCPUShares", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<Usec> CPUQuota = new("CPUQuota", Kinds.CpuQuota,
        def: Usec.Infinity, bus: "CPUQuotaPerSecUSec", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 213);
    public static readonly Directive<Usec> CPUQuotaPeriodSec = new("CPUQuotaPeriodSec", Kinds.UsecOrInfinity,
        def: Usec.Infinity, bus: "CPUQuotaPeriodUSec", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 242);
    public static readonly Directive<CpuMask> AllowedCPUs = new("AllowedCPUs", Kinds.Cpus,
        bus: "AllowedCPUs", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 244);
    public static readonly Directive<CpuMask> StartupAllowedCPUs = new("StartupAllowedCPUs", Kinds.Cpus,
        bus: "StartupAllowedCPUs", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 244);
    public static readonly Directive<CpuMask> AllowedMemoryNodes = new("AllowedMemoryNodes", Kinds.Cpus,
        bus: "AllowedMemoryNodes", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 244);
    public static readonly Directive<CpuMask> StartupAllowedMemoryNodes = new("StartupAllowedMemoryNodes", Kinds.Cpus,
        bus: "StartupAllowedMemoryNodes", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 244);
    public static readonly Directive<ByteText> CPUSetPartition = new("CPUSetPartition", Kinds.PlainText,
        use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 261, honour: Honour.Not);

    public static readonly Directive<bool> MemoryAccounting = new("MemoryAccounting", Kinds.Bool,
        bus: "MemoryAccounting", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 208);
    public static readonly Directive<Amount> MemoryMin = new("MemoryMin", Kinds.Memory,
        bus: "MemoryMin", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 240);
    public static readonly Directive<Amount> MemoryMinScale = new(null, Kinds.Scale,
        bus: "MemoryMinScale", use: BusUse.Set | BusUse.Live, into: MemoryMin);
    public static readonly Directive<Amount> MemoryLow = new("MemoryLow", Kinds.Memory,
        bus: "MemoryLow", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 240);
    public static readonly Directive<Amount> MemoryLowScale = new(null, Kinds.Scale,
        bus: "MemoryLowScale", use: BusUse.Set | BusUse.Live, into: MemoryLow);
    public static readonly Directive<Amount> DefaultMemoryMin = new("DefaultMemoryMin", Kinds.Memory,
        bus: "DefaultMemoryMin", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<Amount> DefaultMemoryMinScale = new(null, Kinds.Scale,
        bus: "DefaultMemoryMinScale", use: BusUse.Set | BusUse.Live, into: DefaultMemoryMin);
    public static readonly Directive<Amount> DefaultMemoryLow = new("DefaultMemoryLow", Kinds.Memory,
        bus: "DefaultMemoryLow", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<Amount> DefaultMemoryLowScale = new(null, Kinds.Scale,
        bus: "DefaultMemoryLowScale", use: BusUse.Set | BusUse.Live, into: DefaultMemoryLow);
    public static readonly Directive<Amount> MemoryHigh = new("MemoryHigh", Kinds.MemoryAboveZero,
        def: Amount.Infinity, bus: "MemoryHigh", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 231);
    public static readonly Directive<Amount> MemoryHighScale = new(null, Kinds.ScaleAboveZero,
        bus: "MemoryHighScale", use: BusUse.Set | BusUse.Live, into: MemoryHigh);
    public static readonly Directive<Amount> MemoryMax = new("MemoryMax", Kinds.MemoryAboveZero,
        def: Amount.Infinity, bus: "MemoryMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 231);
    public static readonly Directive<Amount> MemoryMaxScale = new(null, Kinds.ScaleAboveZero,
        bus: "MemoryMaxScale", use: BusUse.Set | BusUse.Live, into: MemoryMax);
    public static readonly Directive<Amount> MemorySwapMax = new("MemorySwapMax", Kinds.Memory,
        def: Amount.Infinity, bus: "MemorySwapMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 232);
    public static readonly Directive<Amount> MemorySwapMaxScale = new(null, Kinds.Scale,
        bus: "MemorySwapMaxScale", use: BusUse.Set | BusUse.Live, into: MemorySwapMax);
    public static readonly Directive<Amount> MemoryLimit = new("MemoryLimit", Kinds.MemoryV1,
        def: Amount.Infinity, bus: "MemoryLimit", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<Amount> MemoryLimitScale = new(null, Kinds.ScaleAboveZero,
        bus: "MemoryLimitScale", use: BusUse.Set | BusUse.Live, into: MemoryLimit);

    public static readonly Directive<Amount> MemoryZSwapMax = new("MemoryZSwapMax", Kinds.Memory,
        def: Amount.Infinity, bus: "MemoryZSwapMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 253);
    public static readonly Directive<bool> MemoryZSwapWriteback = new("MemoryZSwapWriteback", Kinds.Bool,
        def: true, use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 256);
    public static readonly Directive<Amount> StartupMemoryLow = new("StartupMemoryLow", Kinds.Memory,
        bus: "StartupMemoryLow", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 254);
    public static readonly Directive<Amount> DefaultStartupMemoryLow = new("DefaultStartupMemoryLow", Kinds.Memory,
        use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 254);
    public static readonly Directive<Amount> StartupMemoryHigh = new("StartupMemoryHigh", Kinds.MemoryAboveZero,
        def: Amount.Infinity, bus: "StartupMemoryHigh", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 254);
    public static readonly Directive<Amount> StartupMemoryMax = new("StartupMemoryMax", Kinds.MemoryAboveZero,
        def: Amount.Infinity, bus: "StartupMemoryMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 254);
    public static readonly Directive<Amount> StartupMemorySwapMax = new("StartupMemorySwapMax", Kinds.Memory,
        def: Amount.Infinity, bus: "StartupMemorySwapMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 254);
    public static readonly Directive<Amount> StartupMemoryZSwapMax = new("StartupMemoryZSwapMax", Kinds.Memory,
        def: Amount.Infinity, bus: "StartupMemoryZSwapMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 253);
    public static readonly Directive<PressureWatch> MemoryPressureWatch = new("MemoryPressureWatch", Kinds.PressureWatch,
        def: PressureWatch.Auto, bus: "MemoryPressureWatch", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 254);
    public static readonly Directive<Usec> MemoryPressureThresholdSec = new("MemoryPressureThresholdSec", Kinds.PressureThreshold,
        def: new(200_000), bus: "MemoryPressureThresholdUSec", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 254);
    public static readonly Directive<PressureWatch> CPUPressureWatch = new("CPUPressureWatch", Kinds.PressureWatch,
        def: PressureWatch.Auto, use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 261, honour: Honour.Not);
    public static readonly Directive<Usec> CPUPressureThresholdSec = new("CPUPressureThresholdSec", Kinds.Usec,
        def: new(200_000), use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 261, honour: Honour.Not);
    public static readonly Directive<PressureWatch> IOPressureWatch = new("IOPressureWatch", Kinds.PressureWatch,
        def: PressureWatch.Auto, use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 261, honour: Honour.Not);
    public static readonly Directive<Usec> IOPressureThresholdSec = new("IOPressureThresholdSec", Kinds.Usec,
        def: new(200_000), use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 261, honour: Honour.Not);
    public static readonly Directive<bool> CoredumpReceive = new("CoredumpReceive", Kinds.Bool,
        bus: "CoredumpReceive", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 255, honour: Honour.Not);

    public static readonly Directive<bool> TasksAccounting = new("TasksAccounting", Kinds.Bool,
        bus: "TasksAccounting", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 227);
    public static readonly Directive<Amount> TasksMax = new("TasksMax", Kinds.Tasks,
        def: Amount.Infinity, bus: "TasksMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 227);
    public static readonly Directive<Amount> TasksMaxScale = new(null, Kinds.TasksScale,
        bus: "TasksMaxScale", use: BusUse.Set | BusUse.Live, into: TasksMax);

    public static readonly Directive<bool> IOAccounting = new("IOAccounting", Kinds.Bool,
        bus: "IOAccounting", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 230);
    public static readonly Directive<ulong> IOWeight = new("IOWeight", Kinds.IoWeight,
        def: ulong.MaxValue, bus: "IOWeight", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 230);
    public static readonly Directive<ulong> StartupIOWeight = new("StartupIOWeight", Kinds.IoWeight,
        def: ulong.MaxValue, bus: "StartupIOWeight", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 230);
    public static readonly Directive<DeviceAmount[]> IODeviceWeight = new("IODeviceWeight", Kinds.DeviceWeights,
        bus: "IODeviceWeight", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 230);
    public static readonly Directive<DeviceAmount[]> IOReadBandwidthMax = new("IOReadBandwidthMax", Kinds.DeviceBandwidths,
        bus: "IOReadBandwidthMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 230);
    public static readonly Directive<DeviceAmount[]> IOWriteBandwidthMax = new("IOWriteBandwidthMax", Kinds.DeviceBandwidths,
        bus: "IOWriteBandwidthMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 230);
    public static readonly Directive<DeviceAmount[]> IOReadIOPSMax = new("IOReadIOPSMax", Kinds.DeviceBandwidths,
        bus: "IOReadIOPSMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 230);
    public static readonly Directive<DeviceAmount[]> IOWriteIOPSMax = new("IOWriteIOPSMax", Kinds.DeviceBandwidths,
        bus: "IOWriteIOPSMax", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 230);
    public static readonly Directive<DeviceAmount[]> IODeviceLatencyTargetSec = new("IODeviceLatencyTargetSec", Kinds.DeviceLatencies,
        bus: "IODeviceLatencyTargetUSec", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 240);
    public static readonly Directive<bool> BlockIOAccounting = new("BlockIOAccounting", Kinds.Bool,
        bus: "BlockIOAccounting", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<ulong> BlockIOWeight = new("BlockIOWeight", Kinds.BlockIoWeight,
        def: ulong.MaxValue, bus: "BlockIOWeight", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<ulong> StartupBlockIOWeight = new("StartupBlockIOWeight", Kinds.BlockIoWeight,
        def: ulong.MaxValue, bus: "StartupBlockIOWeight", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<DeviceAmount[]> BlockIODeviceWeight = new("BlockIODeviceWeight", Kinds.DeviceBlockWeights,
        bus: "BlockIODeviceWeight", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<DeviceAmount[]> BlockIOReadBandwidth = new("BlockIOReadBandwidth", Kinds.DeviceBlockBandwidths,
        bus: "BlockIOReadBandwidth", use: BusUse.Shown | BusUse.Set | BusUse.Live);
    public static readonly Directive<DeviceAmount[]> BlockIOWriteBandwidth = new("BlockIOWriteBandwidth", Kinds.DeviceBlockBandwidths,
        bus: "BlockIOWriteBandwidth", use: BusUse.Shown | BusUse.Set | BusUse.Live);

    public static readonly Directive<TextPair[]> DeviceAllow = new("DeviceAllow", Kinds.Devices,
        bus: "DeviceAllow", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 208);
    public static readonly Directive<DevicePolicy> DevicePolicy = new("DevicePolicy", Kinds.DevicePolicy,
        bus: "DevicePolicy", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 208);
    public static readonly Directive<Delegation> Delegate = new("Delegate", Kinds.Delegate,
        bus: "Delegate", use: BusUse.Normal, since: 218);
    public static readonly Directive<Delegation> DelegateControllers = new(null, Kinds.DelegateControllers,
        bus: "DelegateControllers", use: BusUse.Normal, into: Delegate);
    public static readonly Directive<ByteText> DelegateSubgroup = new("DelegateSubgroup", Kinds.CgroupName,
        bus: "DelegateSubgroup", use: BusUse.Normal, since: 254);
    public static readonly Directive<Controllers> DisableControllers = new("DisableControllers", Kinds.DisableControllers,
        bus: "DisableControllers", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 240);
    public static readonly Directive<bool> IPAccounting = new("IPAccounting", Kinds.Bool,
        bus: "IPAccounting", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 235);
    public static readonly Directive<IpPrefix[]> IPAddressAllow = new("IPAddressAllow", Kinds.IpPrefixes,
        bus: "IPAddressAllow", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 235);
    public static readonly Directive<IpPrefix[]> IPAddressDeny = new("IPAddressDeny", Kinds.IpPrefixes,
        bus: "IPAddressDeny", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 235);
    public static readonly Directive<ByteText[]> IPIngressFilterPath = new("IPIngressFilterPath", Kinds.FilterPaths,
        bus: "IPIngressFilterPath", use: BusUse.Normal, since: 243);
    public static readonly Directive<ByteText[]> IPEgressFilterPath = new("IPEgressFilterPath", Kinds.FilterPaths,
        bus: "IPEgressFilterPath", use: BusUse.Normal, since: 243);
    public static readonly Directive<TextPair[]> BPFProgram = new("BPFProgram", Kinds.BpfPrograms,
        bus: "BPFProgram", use: BusUse.Normal, since: 249);
    public static readonly Directive<SocketBindRule[]> SocketBindAllow = new("SocketBindAllow", Kinds.SocketBinds,
        bus: "SocketBindAllow", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 249);
    public static readonly Directive<SocketBindRule[]> SocketBindDeny = new("SocketBindDeny", Kinds.SocketBinds,
        bus: "SocketBindDeny", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 249);
    public static readonly Directive<FilterList> RestrictNetworkInterfaces = new("RestrictNetworkInterfaces", Kinds.InterfaceFilter,
        bus: "RestrictNetworkInterfaces", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 250);
    public static readonly Directive<ByteText> BindNetworkInterface = new("BindNetworkInterface", Kinds.PlainText,
        use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 260, honour: Honour.Not);
    public static readonly Directive<ByteText[]> NFTSet = new("NFTSet", Kinds.PlainTexts,
        use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 255, honour: Honour.Not);
    public static readonly Directive<ManagedOomMode> ManagedOOMSwap = new("ManagedOOMSwap", Kinds.ManagedOomMode,
        bus: "ManagedOOMSwap", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 247);
    public static readonly Directive<ManagedOomMode> ManagedOOMMemoryPressure = new("ManagedOOMMemoryPressure", Kinds.ManagedOomMode,
        bus: "ManagedOOMMemoryPressure", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 247);
    public static readonly Directive<uint> ManagedOOMMemoryPressureLimit = new("ManagedOOMMemoryPressureLimit", Kinds.Pressure,
        bus: "ManagedOOMMemoryPressureLimit", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 247);
    public static readonly Directive<Usec> ManagedOOMMemoryPressureDurationSec = new("ManagedOOMMemoryPressureDurationSec", Kinds.UsecOrInfinity,
        def: Usec.Infinity, use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 257, honour: Honour.Not);
    public static readonly Directive<ManagedOomPreference> ManagedOOMPreference = new("ManagedOOMPreference", Kinds.ManagedOomPreference,
        bus: "ManagedOOMPreference", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 248);
    public static readonly Directive<ByteText[]> OOMRules = new("OOMRules", Kinds.PlainTexts,
        use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 261, honour: Honour.Not);

    public static readonly DirectiveTable Table = new("Cgroup", DirectiveIds.Cgroup,
    [
        Slice, CPUAccounting, CPUWeight, StartupCPUWeight, CPUShares, StartupCPUShares, CPUQuota, CPUQuotaPeriodSec, AllowedCPUs,
        StartupAllowedCPUs, AllowedMemoryNodes, StartupAllowedMemoryNodes, CPUSetPartition, MemoryAccounting, MemoryMin, MemoryMinScale,
        MemoryLow, MemoryLowScale, DefaultMemoryMin, DefaultMemoryMinScale, DefaultMemoryLow, DefaultMemoryLowScale, MemoryHigh,
        MemoryHighScale, MemoryMax, MemoryMaxScale, MemorySwapMax, MemorySwapMaxScale, MemoryLimit, MemoryLimitScale, MemoryZSwapMax,
        MemoryZSwapWriteback, StartupMemoryLow, DefaultStartupMemoryLow, StartupMemoryHigh, StartupMemoryMax, StartupMemorySwapMax,
        StartupMemoryZSwapMax, MemoryPressureWatch, MemoryPressureThresholdSec, CPUPressureWatch, CPUPressureThresholdSec, IOPressureWatch,
        IOPressureThresholdSec, CoredumpReceive, TasksAccounting, TasksMax, TasksMaxScale, IOAccounting, IOWeight, StartupIOWeight,
        IODeviceWeight, IOReadBandwidthMax, IOWriteBandwidthMax, IOReadIOPSMax, IOWriteIOPSMax, IODeviceLatencyTargetSec, BlockIOAccounting,
        BlockIOWeight, StartupBlockIOWeight, BlockIODeviceWeight, BlockIOReadBandwidth, BlockIOWriteBandwidth, DeviceAllow, DevicePolicy,
        Delegate, DelegateControllers, DelegateSubgroup, DisableControllers, IPAccounting, IPAddressAllow, IPAddressDeny,
        IPIngressFilterPath, IPEgressFilterPath, BPFProgram, SocketBindAllow, SocketBindDeny, RestrictNetworkInterfaces,
        BindNetworkInterface, NFTSet, ManagedOOMSwap, ManagedOOMMemoryPressure, ManagedOOMMemoryPressureLimit,
        ManagedOOMMemoryPressureDurationSec, ManagedOOMPreference, OOMRules,
    ]);
}
