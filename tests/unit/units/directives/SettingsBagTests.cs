using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.Units.Service;
using SysMaster.Units.Timer;

namespace SysMaster.Units.Tests.Directives;

public sealed class SettingsBagTests
{
    private static readonly DirectiveSection s_service = Fixture.Section("Service");
    private static readonly DirectiveSection s_unit = Fixture.Section("Unit");

    [Fact]
    public void An_unset_setting_reads_as_the_default_of_its_row()
    {
        var bag = new SettingsBag();

        bag.Get(ServiceDirectives.RestartSec).Should().Be(Usec.FromMsec(100));
        bag.IsSet(ServiceDirectives.RestartSec).Should().BeFalse();
        bag.OriginOf(ServiceDirectives.RestartSec).Should().Be(Origin.Default);
        bag.Get(ExecDirectives.Environment).Should().BeEmpty();
    }

    [Fact]
    public void A_setting_remembers_its_line()
    {
        SettingsBag bag = new Fixture().Parse(s_service, "Type=notify", "RestartSec=5s");

        bag.Get(ServiceDirectives.Type).Should().Be(ServiceType.Notify);
        bag.OriginOf(ServiceDirectives.RestartSec).Should().Be(new Origin(0, 2));
    }

    [Fact]
    public void What_system_conf_says_holds_for_units_that_say_nothing()
    {
        var defaults = new SettingsBag();
        defaults.Set(ServiceDirectives.TimeoutStopSec, Usec.FromSec(7), Origin.Default);
        var unit = new SettingsBag(defaults);

        unit.Get(ServiceDirectives.TimeoutStopSec).Should().Be(Usec.FromSec(7));
        unit.IsSet(ServiceDirectives.TimeoutStopSec).Should().BeFalse();
        unit.HasValue(ServiceDirectives.TimeoutStopSec).Should().BeTrue();
        unit.Get(ServiceDirectives.TimeoutAbortSec).Should().Be(Usec.FromSec(7), "it follows TimeoutStopSec=");
    }

    [Fact]
    public void A_later_line_wins_over_an_earlier_one_and_a_list_grows()
    {
        SettingsBag bag = new Fixture().Parse(s_service, "User=a", "User=b", "Environment=A=1 B=2", "Environment=A=3");

        bag.Get(ExecDirectives.User).ToString().Should().Be("b");
        bag.Get(ExecDirectives.Environment).Select(e => e.ToString()).Should().Equal("A=3", "B=2");
    }

    [Fact]
    public void An_empty_line_resets_a_list()
    {
        SettingsBag bag = new Fixture().Parse(s_service, "ExecStart=/bin/true", "ExecStart=", "ExecStart=/bin/false");

        bag.Get(ServiceDirectives.ExecStart).Should().ContainSingle().Which.Path.ToString().Should().Be("/bin/false");
    }

    [Fact]
    public void A_refused_value_leaves_the_old_one_and_names_the_value()
    {
        var fixture = new Fixture();

        SettingsBag bag = fixture.Parse(s_service, "RestartSec=5s", "RestartSec=soon");

        bag.Get(ServiceDirectives.RestartSec).Should().Be(Usec.FromSec(5));
        fixture.Complaints.Should().Equal("Failed to parse sec value, ignoring: soon");
    }

    [Fact]
    public void An_old_name_fills_the_slot_of_the_new_one()
    {
        SettingsBag bag = new Fixture().Parse(s_service, "StartLimitInterval=3s", "ReadOnlyDirectories=/usr", "TimeoutSec=4s");

        bag.Get(UnitDirectives.StartLimitIntervalSec).Should().Be(Usec.FromSec(3));
        bag.Get(ExecDirectives.ReadOnlyPaths).Should().ContainSingle();
        bag.Get(ServiceDirectives.TimeoutStartSec).Should().Be(Usec.FromSec(4));
        bag.Get(ServiceDirectives.TimeoutStopSec).Should().Be(Usec.FromSec(4));
    }

    [Fact]
    public void Conditions_of_all_types_keep_their_order_and_are_emptied_together()
    {
        SettingsBag bag = new Fixture().Parse(s_unit, "ConditionPathExists=!/a", "ConditionHost=|x", "ConditionPathExists=/b");
        SettingsBag emptied = new Fixture().Parse(s_unit, "ConditionPathExists=/a", "ConditionHost=");

        bag.Get(UnitDirectives.Conditions).Should().Equal(
            new ConditionSpec(ConditionType.PathExists, false, true, (ByteText)"/a"),
            new ConditionSpec(ConditionType.Host, true, false, (ByteText)"x"),
            new ConditionSpec(ConditionType.PathExists, false, false, (ByteText)"/b"));
        emptied.Get(UnitDirectives.Conditions).Should().BeEmpty();
    }

    [Fact]
    public void A_clone_changes_on_its_own_and_the_difference_is_seen()
    {
        SettingsBag old = new Fixture().Parse(s_service, "User=a", "Nice=5", "Environment=A=1");
        SettingsBag fresh = old.Clone();

        fresh.Unset(ExecDirectives.Nice);
        fresh.Set(ExecDirectives.User, (ByteText)"b", Origin.Bus);
        var rows = new List<Directive>();
        old.Differences(fresh, rows);

        old.Get(ExecDirectives.Nice).Should().Be(5);
        rows.Select(r => r.Name).Should().BeEquivalentTo("User", "Nice");
    }

    [Fact]
    public void A_bag_holds_any_rows_in_any_order_of_setting()
    {
        Directive<bool>[] rows = [.. ExecDirectives.Table.Rows.ToArray().OfType<Directive<bool>>().Where(r => ReferenceEquals(r.Slot, r))];
        var random = new Random(4);
        for (int round = 0; round < 50; round++)
        {
            var bag = new SettingsBag();
            var model = new Dictionary<Directive<bool>, bool>();
            for (int step = 0; step < 200; step++)
            {
                Directive<bool> row = rows[random.Next(rows.Length)];
                if (random.Next(3) == 0)
                    bag.Unset(row).Should().Be(model.Remove(row));
                else
                    bag.Set(row, model[row] = random.Next(2) == 0, Origin.Bus);
            }

            bag.Count.Should().Be(model.Count);
            foreach (Directive<bool> row in rows)
                bag.Get(row).Should().Be(model.TryGetValue(row, out bool value) ? value : row.Default);
        }
    }

    [Fact]
    public void A_typical_service_costs_less_than_two_kilobytes()
    {
        string[] lines =
        [
            "Type=notify", "ExecStart=/usr/sbin/sshd -D $SSHD_OPTS", "ExecStartPre=/usr/sbin/sshd -t", "ExecReload=/bin/kill -HUP $MAINPID", "KillMode=process",
            "Restart=on-failure", "RestartPreventExitStatus=255", "EnvironmentFile=-/etc/default/ssh", "RuntimeDirectory=sshd", "RuntimeDirectoryMode=0755",
        ];
        new Fixture().Parse(s_service, lines);   // the tables and their indexes are not the unit's

        var kept = new SettingsBag[200];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = new Fixture().Parse(s_service, lines);
            kept[i].Trim();
        }
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / kept.Length;

        each.Should().BeLessThan(2048);
        GC.KeepAlive(kept);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        SettingsBag bag = new Fixture().Parse(s_service, "User=a", "Nice=5");
        int sum = bag.Get(ExecDirectives.Nice) + (bag.IsSet(ExecDirectives.UMask) ? 1 : 0);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            sum += bag.Get(ExecDirectives.Nice) + (bag.IsSet(ExecDirectives.UMask) ? 1 : 0);
        long after = GC.GetAllocatedBytesForCurrentThread();

        sum.Should().Be(505);
        (after - before).Should().Be(0);
    }

    [Fact]
    public void Timers_of_all_bases_are_one_list()
    {
        SettingsBag bag = new Fixture().Parse(Fixture.Section("Timer"), "OnBootSec=12h", "OnCalendar=*-*-* 03:00:00", "OnUnitActiveSec=1d");

        bag.Get(TimerDirectives.TimersMonotonic).Select(t => t.Base).Should().Equal(TimerBase.OnBoot, TimerBase.OnCalendar, TimerBase.OnUnitActive);
    }
}
