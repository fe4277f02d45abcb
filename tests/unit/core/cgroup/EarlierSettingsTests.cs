using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Core.Tests.Cgroup;

/// <summary>What systemd 252 wrote on a tree of each kind for units of these settings.</summary>
public sealed class EarlierSettingsTests
{
    [Theory]
    [InlineData(2048, "cpu.weight=200", "cpu.shares=2048")]
    [InlineData(2, "cpu.weight=1", "cpu.shares=2")]
    [InlineData(11, "cpu.weight=1", "cpu.shares=11")]
    [InlineData(1500, "cpu.weight=146", "cpu.shares=1500")]
    [InlineData(262144, "cpu.weight=10000", "cpu.shares=262144")]
    public void Shares_become_a_weight_where_there_are_weights(ulong shares, string unified, string legacy)
    {
        SettingsBag set = With(CgroupDirectives.CPUShares, shares);

        Text(EarlierSettings.Cpu(set, starting: false, unified: true)).Should().Be(unified);
        Text(EarlierSettings.Cpu(set, starting: false, unified: false)).Should().Be(legacy);
    }

    [Theory]
    [InlineData(true, "cpu.weight=200")]
    [InlineData(false, "cpu.weight=100")]
    public void Those_of_the_startup_hold_during_it(bool starting, string expected)
        => Text(EarlierSettings.Cpu(With(CgroupDirectives.StartupCPUShares, 2048UL), starting, unified: true)).Should().Be(expected);

    [Theory]
    [InlineData(1000, "io.weight=default 200", "blkio.weight=1000;blkio.bfq.weight=1000")]
    [InlineData(10, "io.weight=default 2", "blkio.weight=10;blkio.bfq.weight=10")]
    [InlineData(333, "io.weight=default 66", "blkio.weight=333;blkio.bfq.weight=333")]
    public void Block_weights_have_a_scale_of_their_own(ulong weight, string unified, string legacy)
    {
        SettingsBag set = With(CgroupDirectives.BlockIOWeight, weight);

        Io(set, unified: true).Should().Be(unified);
        Io(set, unified: false).Should().Be(legacy);
    }

    [Fact]
    public void Devices_are_named_by_number()
    {
        SettingsBag set = With(CgroupDirectives.BlockIODeviceWeight, [new DeviceAmount(new ByteText("/dev/a"), 1000)]);
        set.Set(CgroupDirectives.BlockIOReadBandwidth, [new DeviceAmount(new ByteText("/dev/a"), 5_000_000)], Origin.Default);

        Io(set, unified: true).Should().Be("io.weight=259:0 200;io.max=259:0 rbps=5000000");
        Io(set, unified: false).Should().Be("blkio.weight_device=259:0 1000;blkio.throttle.read_bps_device=259:0 5000000");
    }

    [Fact]
    public void A_weight_takes_the_place_of_shares()
    {
        SettingsBag set = With(CgroupDirectives.CPUShares, 2048UL);
        EarlierSettings.HoldCpu(set).Should().BeTrue();

        set.Set(CgroupDirectives.StartupCPUWeight, 50UL, Origin.Default);

        EarlierSettings.HoldCpu(set).Should().BeFalse();
    }

    [Fact]
    public void Any_memory_setting_with_a_meaning_takes_the_place_of_the_limit()
    {
        SettingsBag set = With(CgroupDirectives.MemoryLimit, new Amount(64 << 20));
        set.Set(CgroupDirectives.MemoryMax, Amount.Infinity, Origin.Default);
        EarlierSettings.HoldMemory(set, isProtected: false).Should().BeTrue();
        EarlierSettings.HoldMemory(set, isProtected: true).Should().BeFalse();

        set.Set(CgroupDirectives.MemoryLow, new Amount(4096), Origin.Default);

        EarlierSettings.HoldMemory(set, isProtected: false).Should().BeFalse();
    }

    [Fact]
    public void Accounting_of_io_takes_the_place_of_block_io()
    {
        SettingsBag set = With(CgroupDirectives.BlockIOWeight, 1000UL);

        EarlierSettings.HoldIo(set, hasIoAccounting: false).Should().BeTrue();
        EarlierSettings.HoldIo(set, hasIoAccounting: true).Should().BeFalse();
    }

    private static SettingsBag With<T>(Directive<T> row, T value)
    {
        var set = new SettingsBag();
        set.Set(row, value, Origin.Default);
        return set;
    }

    private static string Io(SettingsBag set, bool unified) =>
        string.Join(';', EarlierSettings.Io(set, starting: false, unified, static _ => "259:0").Select(Text));

    private static string Text((string Attribute, string Value) write) => $"{write.Attribute}={write.Value}";
}
