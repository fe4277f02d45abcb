using System.Text;
using SysMaster.Core.Boot;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Tests.Boot;

public sealed class BootStepTests : IDisposable
{
    private readonly TemporaryRoot _root = new();

    [Theory]
    [InlineData("box", "kernel", null, "box")]
    [InlineData("# a comment\n\n  box.example.org \n", "kernel", null, "box.example.org")]
    [InlineData("box", "kernel", "wanted", "wanted")]
    [InlineData("box", "kernel", "not valid!", "box")]
    [InlineData("b o x..", "kernel", null, "box")]
    [InlineData("", "kernel", null, "kernel")]
    [InlineData("", "(none)", null, "localhost")]
    public void The_host_name_comes_from_the_first_who_says_one(string file, string current, string? wanted, string expected)
    {
        _root.Write("/etc/hostname", file);

        HostnameSetup.Choose(wanted, current, new OsRelease(), _root.Path, out bool fallback).Should().Be(expected);

        fallback.Should().Be(expected == "localhost");
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-b.c_d", true)]
    [InlineData("", false)]
    [InlineData(".a", false)]
    [InlineData("a..b", false)]
    [InlineData("a.", false)]
    [InlineData("-a", false)]
    [InlineData("ä", false)]
    public void What_is_a_host_name(string name, bool valid) => HostnameSetup.IsValid(name).Should().Be(valid);

    [Fact]
    public void The_locale_of_the_file_is_in_the_environment()
    {
        _root.Write("/etc/locale.conf", "LANG=\"de_DE.UTF-8\"\nLC_TIME=C\nEVIL=1\n");

        EnvironmentList list = DefaultEnvironment.Build(new BootOptions(), _root.Path);

        Value(list, "LANG").Should().Be("de_DE.UTF-8");
        Value(list, "LC_TIME").Should().Be("C");
        Value(list, "PATH").Should().Be("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        Value(list, "EVIL").Should().BeNull();
    }

    [Fact]
    public void The_command_line_overrides_the_locale_and_without_either_it_is_c()
    {
        _root.Write("/etc/locale.conf", "LANG=de_DE.UTF-8\nLC_TIME=C\n");
        BootOptions options = BootOptions.Parse(KernelCommandLine.Parse("locale.LANG=fr_FR.UTF-8 systemd.setenv=A=b"u8), inInitrd: false);

        EnvironmentList list = DefaultEnvironment.Build(options, _root.Path);

        Value(list, "LANG").Should().Be("fr_FR.UTF-8");
        Value(list, "LC_TIME").Should().BeNull();
        Value(list, "A").Should().Be("b");
        Value(DefaultEnvironment.Build(new BootOptions(), "/nonexistent"), "LANG").Should().Be("C.UTF-8");
    }

    [Fact]
    public void The_run_tree_has_what_others_look_for()
    {
        RunTree.Create("podman", _root.Path).Failed.Should().BeFalse();
        RunTree.Create("podman", _root.Path).Failed.Should().BeFalse("a second core finds it there");

        foreach (string name in new[] { "system", "units", "ask-password", "incoming", "propagate", "unit-root", "userdb", "inaccessible/dir" })
        {
            _root.Has("/run/systemd/" + name).Should().BeTrue(name);
        }
        _root.Read("/run/systemd/container").Should().Be("podman\n");
        Sys.Stat(new ByteText(_root.Path + "/run/systemd/inaccessible/reg"), false).Value.Mode.Should().Be(LibC.S_IFREG);
        Sys.Stat(new ByteText(_root.Path + "/run/systemd/inaccessible/sock"), false).Value.Mode.Should().Be(LibC.S_IFSOCK);
        Sys.Stat(new ByteText(_root.Path + "/run/systemd/propagate"), false).Value.Mode.Should().Be(LibC.S_IFDIR | 0x180);
    }

    [Fact]
    public void Os_release_has_its_fields_and_colour()
    {
        _root.Write("/etc/os-release", "NAME=Foo\nPRETTY_NAME=\"Foo Linux 1\"\nANSI_COLOR='1;34'\nID=foo\n");

        OsRelease release = OsRelease.Load(_root.Path);

        release.PrettyName.Should().Be("Foo Linux 1");
        release.AnsiColor.Should().Be("1;34");
        release["ID"].Should().Be("foo");
        release["NOTHING"].Should().BeEmpty();
    }

    [Theory]
    [InlineData("0.0 0 0\n0\nUTC\n", false)]
    [InlineData("0.0 0 0\n0\nLOCAL\n", true)]
    [InlineData("", false)]
    public void The_hardware_clock_is_local_when_adjtime_says_so(string adjtime, bool local)
    {
        _root.Write("/etc/adjtime", adjtime);

        ClockSetup.IsLocal(_root.Path).Should().Be(local);
    }

    [Fact]
    public void Specifiers_of_the_machine_expand_and_others_are_not_ours()
    {
        var facts = new SystemFacts { Hostname = "box.example.org", MachineId = "0123456789abcdef0123456789abcdef", KernelRelease = "6.1.0" };

        Expand(facts, 'H').Should().Be("box.example.org");
        Expand(facts, 'l').Should().Be("box");
        Expand(facts, 'm').Should().Be("0123456789abcdef0123456789abcdef");
        Expand(facts, 'v').Should().Be("6.1.0");
        Expand(facts, 'V').Should().Be("/var/tmp");
        Expand(facts, 'n').Should().Be("Unknown");
    }

    [Fact]
    public void A_merged_root_is_not_tainted_by_its_layout()
    {
        Taint.Describe(new SystemFacts { KernelRelease = "6.1.0" }, clockIsLocal: true, _root.Path).Should().Contain("unmerged-usr").And.Contain("local-hwclock");

        System.IO.File.CreateSymbolicLink(_root.Path + "/bin", "usr/bin");
        Taint.Describe(new SystemFacts { KernelRelease = "3.10.0" }, clockIsLocal: false, _root.Path).Should().NotContain("usr").And.Contain("old-kernel");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("# SELINUX=enforcing\nSELINUXTYPE=targeted\n", false)]
    [InlineData("SELINUX=permissive\nSELINUXTYPE=targeted\n", true)]
    [InlineData("SELINUX=enforcing", true)]
    [InlineData("SELINUX=enforcing\nSELINUX=disabled\n", false)]
    public void A_policy_is_wanted_where_the_configuration_says_so(string config, bool wanted) => SelinuxSetup.WantsPolicy(config).Should().Be(wanted);

    public void Dispose() => _root.Dispose();

    private static string? Value(EnvironmentList list, string name)
        => list.TryGet(Encoding.ASCII.GetBytes(name), out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : null;

    private static string Expand(SystemFacts facts, char specifier)
    {
        var output = new ByteBuilder(stackalloc byte[256]);
        SpecifierResult result = facts.Expand((byte)specifier, ref output);
        return result == SpecifierResult.Done ? output.ToString() : result.ToString();
    }
}
