namespace SysMaster.DBus.Systemd1.Tests;

/// <summary>The machine's own busctl and systemctl against a manager on its private socket.</summary>
public sealed class ManagerOnBusTests : IClassFixture<ManagerOnBusTests.Fixture>
{
    private const string UnitInterface = "org.freedesktop.systemd1.Unit";

    private readonly ManagerOnFiles _manager;

    public ManagerOnBusTests(Fixture fixture) => _manager = fixture.Manager;

    public sealed class Fixture : IDisposable
    {
        public ManagerOnFiles Manager { get; } = new(
            ("a.target", "[Unit]\nDescription=Test A\nWants=b.target\n"),
            ("b.target", "[Unit]\nDescription=Bee\n"),
            ("manual.target", "[Unit]\nRefuseManualStart=yes\n"),
            ("c.target", "[Unit]\n"),
            ("d.target", "[Unit]\n"),
            ("t.slice", "[Slice]\nCPUWeight=50\n"),
            ("x.service", "[Unit]\nDescription=X\n[Service]\nType=oneshot\nExecStart=/bin/true a b\n"),
            ("sysinit.target", "[Unit]\n"));

        public void Dispose() => Manager.Dispose();
    }

    [Fact]
    public void A_target_is_started_with_what_it_wants()
    {
        string job = Busctl.Call(_manager, "StartUnit", "ss", "a.target", "replace");

        job.Should().StartWith("o \"/org/freedesktop/systemd1/job/");
        Busctl.Property(_manager, "/org/freedesktop/systemd1/unit/a_2etarget", UnitInterface, "ActiveState").Should().Be("s \"active\"");
        Busctl.Property(_manager, "/org/freedesktop/systemd1/unit/b_2etarget", UnitInterface, "ActiveState").Should().Be("s \"active\"");
    }

    [Fact]
    public void Systemctl_waits_for_the_end_of_a_job()
    {
        Busctl.Outcome started = Busctl.Systemctl(_manager, "start", "c.target");

        started.Error.Should().BeEmpty();
        Busctl.Systemctl(_manager, "is-active", "c.target").Output.Trim().Should().Be("active");
        Busctl.Systemctl(_manager, "stop", "c.target").Status.Should().Be(0);
        Busctl.Systemctl(_manager, "is-active", "c.target").Status.Should().Be(3);
    }

    [Theory]
    [InlineData("manual.target", "Operation refused, unit manual.target may be requested by dependency only (it is configured to refuse manual start/stop).")]
    [InlineData("nope.target", "Unit nope.target not found.")]
    [InlineData("foo@.service", "Unit name foo@.service is missing the instance name.")]
    public void A_start_is_refused_in_systemds_words(string unit, string text)
        => Busctl.TryCall(_manager, "StartUnit", "ss", unit, "replace").Error.Trim().Should().Be("Call failed: " + text);

    [Fact]
    public void An_unknown_job_mode_is_refused()
        => Busctl.TryCall(_manager, "StartUnit", "ss", "a.target", "testdelegate").Error.Should().Contain("Job mode testdelegate invalid");

    [Fact]
    public void Every_object_can_be_introspected()
    {
        foreach (string path in new[] { "", "/unit/x_2eservice", "/unit/t_2eslice", "/unit/a_2etarget" })
        {
            Busctl.Outcome outcome = Busctl.Run(_manager, "introspect", "org.freedesktop.systemd1", "/org/freedesktop/systemd1" + path);

            outcome.Error.Should().BeEmpty();
            outcome.Output.Should().Contain("org.freedesktop.systemd1.");
        }
    }

    [Fact]
    public void A_property_set_at_run_time_is_shown_and_kept_as_a_dropin()
    {
        Busctl.Call(_manager, "StartUnit", "ss", "t.slice", "replace");

        Busctl.Call(_manager, "SetUnitProperties", "sba(sv)", "t.slice", "true", "1", "CPUWeight", "t", "77");

        Busctl.Property(_manager, "/org/freedesktop/systemd1/unit/t_2eslice", "org.freedesktop.systemd1.Slice", "CPUWeight").Should().Be("t 77");
        Busctl.Systemctl(_manager, "show", "-p", "NeedDaemonReload", "t.slice").Output.Trim().Should().Be("NeedDaemonReload=no");
        File.ReadAllText(Path.Combine(_manager.Directory, "systemd/user.control/t.slice.d/50-CPUWeight.conf")).Should().EndWith("[Slice]\nCPUWeight=77\n");
    }

    [Fact]
    public void An_unknown_property_is_refused_in_the_words_that_crun_parses()
        => Busctl.TryCall(_manager, "SetUnitProperties", "sba(sv)", "t.slice", "true", "1", "Nope", "s", "x").Error
            .Should().Contain("Cannot set property Nope, or unknown property.");

    [Fact]
    public void A_transient_scope_is_made_of_processes_and_its_file_written()
    {
        using var sleep = System.Diagnostics.Process.Start("sleep", "100");
        string pid = sleep.Id.ToString();

        Busctl.Call(_manager, "StartTransientUnit", "ssa(sv)a(sa(sv))", "r.scope", "fail", "2", "Description", "s", "of a test", "PIDs", "au", "1", pid, "0");

        string path = "/org/freedesktop/systemd1/unit/r_2escope";
        Busctl.Property(_manager, path, UnitInterface, "ActiveState").Should().Be("s \"active\"");
        Busctl.Property(_manager, path, UnitInterface, "Description").Should().Be("s \"of a test\"");
        Busctl.Property(_manager, path, UnitInterface, "Transient").Should().Be("b true");
        File.ReadAllText(Path.Combine(_manager.Directory, "systemd/transient/r.scope")).Should().Contain("Description=of a test\n");
        Busctl.TryCall(_manager, "StartTransientUnit", "ssa(sv)a(sa(sv))", "r.scope", "fail", "1", "PIDs", "au", "1", pid, "0").Error
            .Should().Contain("Unit r.scope was already loaded or has a fragment file.");
        sleep.Kill();
    }

    [Fact]
    public void Show_prints_the_commands_of_a_service()
        => Busctl.Systemctl(_manager, "show", "-p", "ExecStart", "x.service").Output.Should().StartWith("ExecStart={ path=/bin/true ; argv[]=/bin/true a b ; ignore_errors=no ;");

    [Fact]
    public void Environment_variables_are_set_and_unset()
    {
        Busctl.Call(_manager, "SetEnvironment", "as", "2", "A=1", "B=2");
        Busctl.Call(_manager, "UnsetEnvironment", "as", "1", "A");

        Busctl.Property(_manager, "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "Environment").Should().Be("as 1 \"B=2\"");
        Busctl.TryCall(_manager, "SetEnvironment", "as", "1", "1b").Error.Should().Contain("Invalid environment assignments");
    }

    [Fact]
    public void A_unit_is_enabled_by_a_link()
    {
        File.WriteAllText(Path.Combine(_manager.Units, "e.service"), "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=a.target\n");

        string reply = Busctl.Call(_manager, "EnableUnitFiles", "asbb", "1", "e.service", "false", "false");

        reply.Should().StartWith("ba(sss) true 1 \"symlink\"").And.Contain("a.target.wants/e.service");
    }

    [Fact]
    public void Only_a_client_that_holds_a_unit_can_let_it_go()
    {
        Busctl.Call(_manager, "StartUnit", "ss", "d.target", "replace");

        Busctl.TryCall(_manager, "UnrefUnit", "s", "d.target").Error.Should().Contain("Unit has not been referenced yet.");
    }
}
