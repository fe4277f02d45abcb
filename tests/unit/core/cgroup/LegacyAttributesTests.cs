using SysMaster.Cgroups;

namespace SysMaster.Core.Tests.Cgroup;

public sealed class LegacyAttributesTests
{
    [Theory]
    [InlineData("memory.max", "67108864", "memory.limit_in_bytes=67108864")]
    [InlineData("memory.max", "max", "memory.limit_in_bytes=-1")]
    [InlineData("memory.low", "4096", "")]
    [InlineData("pids.max", "12", "pids.max=12")]
    [InlineData("cpu.weight", "100", "cpu.shares=1024")]
    [InlineData("cpu.weight", "1", "cpu.shares=10")]
    [InlineData("cpu.weight", "10000", "cpu.shares=102400")]
    [InlineData("cpu.idle", "1", "cpu.shares=2")]
    [InlineData("cpu.idle", "0", "")]
    [InlineData("cpu.max", "20000 100000", "cpu.cfs_period_us=100000;cpu.cfs_quota_us=20000")]
    [InlineData("cpu.max", "max 100000", "cpu.cfs_period_us=100000;cpu.cfs_quota_us=-1")]
    [InlineData("io.weight", "default 100", "blkio.weight=500;blkio.bfq.weight=500")]
    [InlineData("io.weight", "default 10000", "blkio.weight=1000;blkio.bfq.weight=1000")]
    [InlineData("io.weight", "259:0 20", "blkio.weight_device=259:0 100")]
    [InlineData("io.max", "259:0 rbps=4000000", "blkio.throttle.read_bps_device=259:0 4000000")]
    [InlineData("io.max", "259:0 wiops=max", "blkio.throttle.write_iops_device=259:0 0")]
    public void What_v2_calls_so_v1_calls_otherwise(string attribute, string value, string expected)
        => string.Join(';', LegacyAttributes.Translate(attribute, value).Select(w => $"{w.Attribute}={w.Value}")).Should().Be(expected);

    [Fact]
    public void Controllers_have_their_v1_names()
        => LegacyAttributes.Controllers(CgroupControllers.Cpu | CgroupControllers.Io | CgroupControllers.Pids)
            .Should().Be(CgroupControllers.Cpu | CgroupControllers.Cpuacct | CgroupControllers.Blkio | CgroupControllers.Pids);
}
