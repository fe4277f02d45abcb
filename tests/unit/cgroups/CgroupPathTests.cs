using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Cgroups.Tests;

public sealed class CgroupPathTests
{
    [Theory]
    [InlineData("/", "foo.service", "system.slice", "/system.slice/foo.service")]
    [InlineData("/", "foo.service", "-.slice", "/foo.service")]
    [InlineData("/", "foo.service", "a-b.slice", "/a.slice/a-b.slice/foo.service")]
    [InlineData("/", "a-b.slice", "", "/a.slice/a-b.slice")]
    [InlineData("/", "-.slice", "", "/")]
    [InlineData("/docker/1", "-.slice", "", "/docker/1")]
    [InlineData("/docker/1", "foo.service", "system.slice", "/docker/1/system.slice/foo.service")]
    [InlineData("/", "memory.service", "system.slice", "/system.slice/_memory.service")]
    [InlineData("/", "cgroup.service", "system.slice", "/system.slice/_cgroup.service")]
    [InlineData("/", "_x.service", "system.slice", "/system.slice/__x.service")]
    [InlineData("/", "cpux.service", "system.slice", "/system.slice/cpux.service")]
    [InlineData("/", "getty@tty1.service", "system-getty.slice", "/system.slice/system-getty.slice/getty@tty1.service")]
    public void A_unit_has_its_place_and_is_found_there(string root, string unit, string slice, string expected)
    {
        UnitName name = UnitName.Parse(unit);

        ByteText path = CgroupPath.OfUnit((ByteText)root, name, UnitName.Parse(slice));

        path.ToString().Should().Be(expected);
        CgroupPath.TryToUnit(path.Span, (ByteText)root, out UnitName back).Should().BeTrue();
        back.Should().Be(name);
    }

    [Theory]
    [InlineData("/system.slice/foo.service/sub/sub2", "foo.service")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/app.slice/x.service", "user@1000.service")]
    [InlineData("/user.slice/user-1000.slice/session-3.scope", "session-3.scope")]
    [InlineData("/init.scope", "init.scope")]
    [InlineData("/system.slice/not a unit", null)]
    [InlineData("/b.slice/a-c.slice/x.service", null)]
    [InlineData("/docker/abc", null)]
    public void A_group_belongs_to_the_first_unit_that_is_no_slice(string group, string? expected)
    {
        bool found = CgroupPath.TryToUnit(((ByteText)group).Span, CgroupPath.Top, out UnitName unit);

        (found ? unit.Text : null).Should().Be(expected);
    }

    [Theory]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/app.slice/x.service/y", "x.service")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/init.scope", "init.scope")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service", null)]
    [InlineData("/system.slice/x.service", null)]
    public void A_users_own_units_lie_below_his_manager(string group, string? expected)
    {
        bool found = CgroupPath.TryToUserUnit(((ByteText)group).Span, CgroupPath.Top, out UnitName unit);

        (found ? unit.Text : null).Should().Be(expected);
    }

    [Fact]
    public void Parents_lead_to_the_top()
    {
        CgroupPath.Parent((ByteText)"/a/b").ToString().Should().Be("/a");
        CgroupPath.Parent((ByteText)"/a").Should().Be(CgroupPath.Top);
        CgroupPath.Child(CgroupPath.Top, "a"u8).ToString().Should().Be("/a");
    }
}
