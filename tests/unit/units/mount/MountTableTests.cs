using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Mount;

namespace SysMaster.Units.Tests;

public sealed class MountTableTests
{
    private const string Root = "21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,errors=remount-ro\n";
    private const string Refmnt = "70 21 0:44 / /run/refmnt rw,nosuid,relatime shared:9 - tmpfs tmpfs rw,size=1024k,inode64\n";
    private const string Data = "71 21 8:0 / /mnt/my\\040data ro,relatime - ext2 /dev/sda rw\n";

    private static readonly (string, string) s_unit =
        ("run-refmnt.mount", "[Unit]\nDescription=Reference mount\n[Mount]\nWhat=tmpfs\nWhere=/run/refmnt\nType=tmpfs\nOptions=size=1M,nosuid\n");

    private static void Apply(TestManager test, string info, string utab = "")
    {
        MountTable.Of(test.Manager).Apply(new ByteText(info).Span, new ByteText(utab).Span);
        test.Settle();
    }

    private static MountUnit? Find(TestManager test, string name) => (MountUnit?)test.Manager.Find(UnitName.Parse(name));

    [Fact]
    public void Every_state_has_one_row_in_order()
    {
        var rows = new List<MountState>();
        foreach (MountStateRow row in MountStates.Rows) { rows.Add(row.State); }

        rows.Should().Equal(Enum.GetValues<MountState>());
    }

    [Fact]
    public void A_mount_of_the_kernels_is_a_mounted_unit_with_the_kernels_parameters()
    {
        using var test = new TestManager();
        Apply(test, Root + Data);

        MountUnit unit = Find(test, @"mnt-my\x20data.mount")!;
        unit.State.Should().Be(MountState.Mounted);
        unit.LoadState.Should().Be(UnitLoadState.Loaded);
        unit.What.ToString().Should().Be("/dev/sda");
        unit.FsType.ToString().Should().Be("ext2");
        unit.Options.ToString().Should().Be("ro,relatime");
        unit.Where.ToString().Should().Be("/mnt/my data");
        unit.InvocationId.IsNull.Should().BeFalse();
    }

    [Fact]
    public void A_mount_that_vanishes_is_forgotten_when_nothing_refers_to_it()
    {
        using var test = new TestManager();
        Apply(test, Root + Data);
        Apply(test, Root);

        Find(test, @"mnt-my\x20data.mount").Should().BeNull();
    }

    [Fact]
    public void The_root_is_mounted_and_perpetual()
    {
        using var test = new TestManager();

        MountUnit root = Find(test, "-.mount")!;
        root.State.Should().Be(MountState.Mounted);
        root.IsPerpetual.Should().BeTrue();
        root.Description.Should().Be("Root Mount");
    }

    [Fact]
    public void Only_what_changed_is_told()
    {
        using var test = new TestManager();
        var many = new System.Text.StringBuilder(Root);
        for (int i = 0; i < 500; i++) { many.Append(System.Globalization.CultureInfo.InvariantCulture, $"{100 + i} 21 0:{i} / /srv/m{i} rw - tmpfs tmpfs rw\n"); }
        Apply(test, many.ToString());
        var changes = new Changes();
        test.Manager.Observers.Add(changes);
        Apply(test, many.ToString());
        changes.Units.Should().BeEmpty();
        Apply(test, many.ToString().Replace("/srv/m7 rw", "/srv/m7 ro", StringComparison.Ordinal));

        changes.Units.Should().Equal("srv-m7.mount");
        MountTable.Of(test.Manager).Count.Should().Be(501);
    }

    [Fact]
    public void Of_stacked_mounts_the_last_one_is_seen()
    {
        using var test = new TestManager();
        Apply(test, Root + Refmnt + "72 70 0:45 / /run/refmnt rw - ramfs none rw\n");
        Find(test, "run-refmnt.mount")!.FsType.ToString().Should().Be("ramfs");
        Apply(test, Root + Refmnt);

        Find(test, "run-refmnt.mount")!.State.Should().Be(MountState.Mounted);
        Find(test, "run-refmnt.mount")!.FsType.ToString().Should().Be("tmpfs");
    }

    [Theory]
    [InlineData("30 21 0:5 / /proc rw - proc proc rw\n", "proc.mount")]
    [InlineData("31 21 0:5 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n", "sys-fs-cgroup.mount")]
    [InlineData("32 21 0:5 / /run rw - tmpfs tmpfs rw\n", "run.mount")]
    [InlineData("33 21 0:5 / /mnt/auto rw - autofs systemd-1 rw,fd=3,direct\n", "mnt-auto.mount")]
    public void Api_file_systems_and_triggers_have_no_units(string line, string name)
    {
        using var test = new TestManager();
        Apply(test, Root + line);

        Find(test, name).Should().BeNull();
    }

    [Fact]
    public void A_configured_mount_that_somebody_else_mounts_is_followed()
    {
        using var test = new TestManager(s_unit);
        test["run-refmnt.mount"].ActiveState.Should().Be(UnitActiveState.Inactive);
        Apply(test, Root + Refmnt);
        var unit = (MountUnit)test["run-refmnt.mount"];
        unit.State.Should().Be(MountState.Mounted);
        unit.Options.ToString().Should().Be("rw,nosuid,relatime,size=1024k,inode64");
        Apply(test, Root);

        unit.State.Should().Be(MountState.Dead);
        unit.Options.ToString().Should().Be("size=1M,nosuid");
    }

    [Fact]
    public void A_unit_that_was_not_found_is_loaded_once_the_kernel_has_it()
    {
        using var test = new TestManager(("a.service", "[Unit]\nAfter=run-refmnt.mount\n[Service]\nExecStart=/bin/true\n"));
        _ = test["a.service"];
        test["run-refmnt.mount"].LoadState.Should().Be(UnitLoadState.NotFound);
        Apply(test, Root + Refmnt);

        test["run-refmnt.mount"].LoadState.Should().Be(UnitLoadState.Loaded);
        test["run-refmnt.mount"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void What_mount8_noted_is_among_the_options_and_makes_it_a_network_mount()
    {
        using var test = new TestManager();
        Apply(test, Root + Data, "ID=71 SRC=/dev/sda TARGET=/mnt/my\\040data ROOT=/ OPTS=_netdev\n");

        MountUnit unit = Find(test, @"mnt-my\x20data.mount")!;
        unit.Options.ToString().Should().Be("ro,relatime,_netdev");
        unit.HasDependency(Dep.Before, test["remote-fs.target"]).Should().BeTrue();
        unit.HasDependency(Dep.Before, test["local-fs.target"]).Should().BeFalse();
    }

    [Fact]
    public void Default_dependencies_are_those_of_the_reference()
    {
        using var test = new TestManager(s_unit);
        Unit unit = test["run-refmnt.mount"];

        unit.HasDependency(Dep.Before, test["umount.target"]).Should().BeTrue();
        unit.HasDependency(Dep.Conflicts, test["umount.target"]).Should().BeTrue();
        unit.HasDependency(Dep.Before, test["local-fs.target"]).Should().BeTrue();
        unit.HasDependency(Dep.After, test["local-fs-pre.target"]).Should().BeTrue();
        unit.HasDependency(Dep.After, test["swap.target"]).Should().BeTrue();
        unit.HasDependency(Dep.After, test["-.mount"]).Should().BeTrue();
        unit.HasDependency(Dep.Requires, test["system.slice"]).Should().BeTrue();
    }

    [Fact]
    public void A_device_is_required_and_its_stop_propagates_unless_the_option_says_otherwise()
    {
        using var test = new TestManager(
            ("mnt-a.mount", "[Mount]\nWhat=/dev/sda1\nWhere=/mnt/a\n"),
            ("mnt-b.mount", "[Mount]\nWhat=/dev/sda1\nWhere=/mnt/b\nOptions=x-systemd.device-bound\n"));
        Unit device = test["dev-sda1.device"];

        test["mnt-a.mount"].HasDependency(Dep.Requires, device).Should().BeTrue();
        test["mnt-a.mount"].HasDependency(Dep.StopPropagatedFrom, device).Should().BeTrue();
        test["mnt-b.mount"].HasDependency(Dep.BindsTo, device).Should().BeTrue();
        test["mnt-b.mount"].HasDependency(Dep.StopPropagatedFrom, device).Should().BeFalse();
    }

    [Fact]
    public void A_mount_that_appears_is_before_those_who_need_a_path_below_it()
    {
        using var test = new TestManager(("a.service", "[Unit]\nRequiresMountsFor=/run/refmnt/x\n[Service]\nExecStart=/bin/true\n"));
        Unit service = test["a.service"];
        service.HoldCount++;   // an idle unit that nobody holds is forgotten
        Apply(test, Root + Refmnt);

        service.HasDependency(Dep.After, test["run-refmnt.mount"]).Should().BeTrue();
    }

    [Theory]
    [InlineData("mnt-x.mount", "[Mount]\nWhat=tmpfs\nWhere=/mnt/y\n")]
    [InlineData("proc.mount", "[Mount]\nWhat=proc\nWhere=/proc\n")]
    [InlineData("mnt-x.mount", "[Mount]\nWhere=/mnt/x\n")]
    public void Contradictory_units_are_refused(string name, string text)
    {
        using var test = new TestManager((name, text));

        test[name].LoadState.Should().Be(UnitLoadState.BadSetting);
    }

    [Fact]
    public void A_start_that_cannot_spawn_fails_for_lack_of_resources()
    {
        string directory = System.IO.Directory.CreateTempSubdirectory("sysmaster-mount-").FullName;
        UnitName name = UnitName.FromPath(new ByteText(directory).Span, UnitKind.Mount);
        using var test = new TestManager((name.Text, $"[Mount]\nWhat=tmpfs\nType=tmpfs\nWhere={directory}\n"));
        test.Start(name.Text).Should().BeNull();
        System.IO.Directory.Delete(directory);

        ((MountUnit)test[name.Text]).Result.Should().Be(ControlResult.Resources);
        test[name.Text].SubState.Should().Be("failed");
    }

    [Theory]
    [InlineData("rw,nosuid", "rw,size=1m", "", "rw,nosuid,size=1m")]
    [InlineData("ro,relatime", "rw", "", "ro,relatime")]
    [InlineData("rw", "ro,x", "_netdev,x", "ro,x,_netdev")]
    public void The_lists_of_options_are_one(string ofMount, string ofFileSystem, string noted, string merged)
        => MountOptions.Merge(new ByteText(ofMount).Span, new ByteText(ofFileSystem).Span, new ByteText(noted).Span).ToString().Should().Be(merged);

    private sealed class Changes : IManagerObserver
    {
        public List<string> Units { get; } = [];

        public void OnUnitChanged(Unit unit) => Units.Add(unit.Id.Text);

        public void OnUnitRemoved(Unit unit) => Units.Add(unit.Id.Text);

        public void OnBeforeStateChange(Unit unit) { }

        public void OnJobChanged(Job job) { }

        public void OnJobRemoved(Job job, JobResult result) { }

        public void OnReloading(bool active) { }

        public void OnStartupFinished() { }

        public void OnUnitFilesChanged() { }

        public void OnTurnEnd() { }
    }
}
