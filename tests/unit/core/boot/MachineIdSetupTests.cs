using SysMaster.Core.Boot;

namespace SysMaster.Core.Tests.Boot;

public sealed class MachineIdSetupTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private const string Other = "fedcba9876543210fedcba9876543210";
    private readonly TemporaryRoot _root = new();

    [Fact]
    public void An_id_that_is_there_stays()
    {
        _root.Write("/etc/machine-id", Id + "\n");

        Setup().Ensure().Value.Should().Be(new MachineIdState(Id, MachineIdSource.Etc, false));
    }

    [Fact]
    public void A_machine_without_one_gets_a_random_one_for_good()
    {
        MachineIdState made = Setup().Ensure().Value;

        made.Source.Should().Be(MachineIdSource.Random);
        MachineIdText.IsValid(made.Id).Should().BeTrue();
        _root.Read("/etc/machine-id").Should().Be(made.Id + "\n");
    }

    [Fact]
    public void The_one_of_dbus_is_taken_before_a_new_one_is_made()
    {
        _root.Write("/var/lib/dbus/machine-id", Id + "\n");

        Setup().Ensure().Value.Should().Be(new MachineIdState(Id, MachineIdSource.DBus, false));
    }

    [Fact]
    public void A_container_has_the_id_its_manager_gave()
    {
        var setup = new MachineIdSetup(_root.Path)
        {
            Virtualization = new Virtualization("systemd-nspawn", ""), ContainerUuid = "01234567-89ab-cdef-0123-456789abcdef",
        };

        setup.Ensure().Value.Should().Be(new MachineIdState(Id, MachineIdSource.Container, false));
    }

    [Fact]
    public void On_a_first_boot_the_id_is_not_kept_yet()
    {
        var setup = new MachineIdSetup(_root.Path) { IsFirstBoot = true, MayMount = false };

        MachineIdState made = setup.Ensure().Value;

        made.IsTransient.Should().BeTrue();
        _root.Read("/etc/machine-id").Should().Be("uninitialized\n");
        _root.Read("/run/machine-id").Should().Be(made.Id + "\n");
    }

    [Fact]
    public void An_id_of_the_command_line_overrides_and_leaves_etc_alone()
    {
        _root.Write("/etc/machine-id", Id + "\n");
        var setup = new MachineIdSetup(_root.Path) { Wanted = Other, MayMount = false };

        setup.Ensure().Value.Should().Be(new MachineIdState(Other, MachineIdSource.CommandLine, true));

        _root.Read("/etc/machine-id").Should().Be(Id + "\n");
    }

    [Theory]
    [InlineData("uninitialized\n", true)]
    [InlineData(null, true)]
    [InlineData("", false)]
    [InlineData(Id + "\n", false)]
    public void A_first_boot_is_told_by_the_file(string? content, bool first)
    {
        if (content is not null) { _root.Write("/etc/machine-id", content); }

        FirstBoot.Detect(new BootOptions(), inInitrd: false, _root.Path).Should().Be(first);
    }

    [Fact]
    public void The_marker_of_a_first_boot_comes_and_goes()
    {
        FirstBoot.SetMarker(true, _root.Path).Failed.Should().BeFalse();
        _root.Has("/run/systemd/first-boot").Should().BeTrue();

        FirstBoot.SetMarker(false, _root.Path).Failed.Should().BeFalse();
        FirstBoot.SetMarker(false, _root.Path).Failed.Should().BeFalse();
        _root.Has("/run/systemd/first-boot").Should().BeFalse();
    }

    [Theory]
    [InlineData("00000000000000000000000000000000", false)]
    [InlineData("0123456789ABCDEF0123456789abcdef", false)]
    [InlineData(Id, true)]
    [InlineData("0123", false)]
    public void What_is_an_id(string text, bool valid) => MachineIdText.IsValid(text).Should().Be(valid);

    public void Dispose() => _root.Dispose();

    private MachineIdSetup Setup() => new(_root.Path);
}
