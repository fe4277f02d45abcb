using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.Cgroups.Tests;

public sealed class CgroupLayoutTests
{
    private const string Hybrid = """
        30 23 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec shared:9 - tmpfs tmpfs ro,size=4096k,mode=755
        31 30 0:27 / /sys/fs/cgroup/unified rw,nosuid shared:10 - cgroup2 cgroup2 rw,nsdelegate
        32 30 0:28 / /sys/fs/cgroup/systemd rw,nosuid shared:11 - cgroup cgroup rw,xattr,name=systemd
        36 30 0:32 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:15 - cgroup cgroup rw,cpu,cpuacct
        37 30 0:33 / /sys/fs/cgroup/memory rw,nosuid shared:16 - cgroup cgroup rw,memory

        """;

    [Fact]
    public void One_cgroup2_for_everything_is_unified()
    {
        CgroupLayout layout = Parse("31 30 0:27 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n");

        layout.Mode.Should().Be(CgroupMode.Unified);
        layout.Tracking.ToString().Should().Be("/sys/fs/cgroup");
        layout.IsWritable.Should().BeTrue();
        layout.V1OrNull(CgroupControllers.Memory).Should().BeNull();
    }

    [Fact]
    public void A_cgroup2_beside_v1_controllers_is_hybrid()
    {
        CgroupLayout layout = Parse(Hybrid);

        layout.Mode.Should().Be(CgroupMode.Hybrid);
        layout.Tracking.ToString().Should().Be("/sys/fs/cgroup/unified");
        layout.Named.ToString().Should().Be("/sys/fs/cgroup/systemd");
        layout.V1OrNull(CgroupControllers.Cpuacct)!.Mount.ToString().Should().Be("/sys/fs/cgroup/cpu,cpuacct");
    }

    [Fact]
    public void V1_alone_is_legacy()
    {
        CgroupLayout layout = Parse(string.Join('\n', Hybrid.Split('\n').Where(l => !l.Contains("cgroup2"))));

        layout.Mode.Should().Be(CgroupMode.Legacy);
        layout.Tracking.ToString().Should().Be("/sys/fs/cgroup/systemd");
    }

    [Fact]
    public void A_container_may_have_its_tree_read_only()
    {
        CgroupLayout layout = Parse("31 30 0:27 /docker/x /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n");

        layout.Mode.Should().Be(CgroupMode.Unified);
        layout.IsWritable.Should().BeFalse();
    }

    [Fact]
    public void A_container_with_cgroup2_only_on_unified_is_unified()
        => Parse("30 23 0:26 / /sys/fs/cgroup ro - tmpfs tmpfs ro\n31 30 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n").Mode.Should().Be(CgroupMode.Unified);

    [Fact]
    public void A_cgroup2_on_the_usual_place_hides_v1_trees_seen_elsewhere()
        => Parse(Hybrid + "40 30 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n").Mode.Should().Be(CgroupMode.Unified);

    [Fact]
    public void Nothing_is_none() => Parse("22 1 8:1 / / rw - ext4 /dev/sda1 rw\n").Mode.Should().Be(CgroupMode.None);

    [Fact]
    public void Escaped_blanks_in_a_place_are_resolved()
        => Parse("31 30 0:27 / /a\\040b rw - cgroup2 cgroup2 rw\n").Unified.ToString().Should().Be("/a b");

    [Theory]
    [InlineData("0::/system.slice/a.service\n", true, "/system.slice/a.service")]
    [InlineData("1:name=systemd:/user.slice\n0::/init.scope\n", true, "/init.scope")]
    [InlineData("1:name=systemd:/user.slice\n0::/init.scope\n", false, "/user.slice")]
    [InlineData("0::/a.service (deleted)\n", true, "/a.service")]
    [InlineData("4:memory:/x\n", true, null)]
    [InlineData("", true, null)]
    public void Tells_the_group_of_a_process(string text, bool unified, string? expected)
    {
        bool found = CgroupMembership.TryFind(Encoding.UTF8.GetBytes(text), unified, out SysMaster.Linux.ByteText group);

        (found ? group.ToString() : null).Should().Be(expected);
    }

    [Theory]
    [InlineData("/init.scope", "/")]
    [InlineData("/", "/")]
    [InlineData("/user.slice/user-0.slice/user@0.service/init.scope", "/user.slice/user-0.slice/user@0.service")]
    [InlineData("/machine/x", "/machine/x")]
    public void A_managers_root_is_where_its_own_scope_lies(string own, string root)
        => CgroupMembership.WithoutScope((SysMaster.Linux.ByteText)own).ToString().Should().Be(root);

    [Fact]
    public void No_mount_table_throws()
        => Prop.ForAll(Gen.ArrayOf(Gen.Elements(Encoding.ASCII.GetBytes("3 /rw-cgroup2,name=systemd\\040\n"))).ToArbitrary(), bytes =>
        {
            _ = CgroupLayout.Parse(bytes);
            _ = CgroupMembership.TryFind(bytes, true, out _);
            _ = IoReading.Parse(bytes);
            _ = CgroupEvents.Parse(bytes);
        }).Holds();

    [Fact]
    public void Io_readings_are_summed_over_devices()
        => IoReading.Parse("8:0 rbytes=10 wbytes=20 rios=1 wios=2 dbytes=0 dios=0\n8:16 rbytes=5 wbytes=0 rios=1 wios=0\n"u8).Should().Be(new IoReading(15, 20, 2, 2));

    private static CgroupLayout Parse(string text) => CgroupLayout.Parse(Encoding.UTF8.GetBytes(text));
}
