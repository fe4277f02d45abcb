using FluentAssertions;
using SysMaster.UnitFiles.Lookup;
using Xunit;

namespace SysMaster.UnitFiles.Tests.Lookup;

public sealed class VendorLayoutTests
{
    [Theory]
    [InlineData("root_prefix=\nrootprefix=${root_prefix}\nsystemd_system_unit_dir=${rootprefix}/lib/systemd/system\nsystemdsystemunitdir=${systemd_system_unit_dir}", "/lib/systemd/system")]
    [InlineData("prefix=/usr\n# a comment\nsystemdsystemunitdir=${prefix}/lib/systemd/system\n", "/usr/lib/systemd/system")]
    [InlineData("systemdsystemunitdir=${a}\na=${a}", "${a}")]
    [InlineData("Name: systemd", null)]
    public void What_packages_are_told_is_where_units_lie(string pkgConfig, string? directory) => VendorLayout.UnitDirectory(pkgConfig).Should().Be(directory);
}
