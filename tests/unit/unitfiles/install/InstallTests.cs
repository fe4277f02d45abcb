using SysMaster.Linux;
using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;
using SysMaster.UnitFiles.Tests.Lookup;

namespace SysMaster.UnitFiles.Tests.Install;

public sealed class InstallTests
{
    [Fact]
    public void A_bus_reply_is_an_error_when_nothing_succeeded()
    {
        using TempTree files = new TempTree().Add("etc/systemd/system/");
        using FileTree tree = FileTree.Open(files.Root).Value;

        InstallResult result = Installer(tree).Disable(["nosuch.service"]);

        result.Failed.Should().BeFalse("systemctl exits with 0 here");
        result.BusError.Should().NotBeNull();
        InstallText.BusErrorName(result.BusError!.Value).Should().Be("org.freedesktop.systemd1.NoSuchUnit");
        InstallText.BusMessage(result.BusError.Value).Should().Be("Unit file nosuch.service does not exist.");
    }

    [Theory]
    [InlineData("none.service", false, "")]
    [InlineData("real.service", true, "")]
    [InlineData("alias.service", true, "")]
    [InlineData("loop.service", true, "")]
    [InlineData("folder.service", false, "Is a directory")]
    [InlineData("wrong.service", false, "Invalid cross-device link")]
    public void What_is_no_alias_is_no_unit_file(string name, bool exists, string error)
    {
        using TempTree files = new TempTree().Add("usr/lib/systemd/system/real.service = [Unit]\\n", "etc/systemd/system/alias.service -> /usr/lib/systemd/system/real.service",
            "etc/systemd/system/loop.service -> loop.service", "etc/systemd/system/folder.service/", "etc/systemd/system/wrong.service -> real.socket");
        using FileTree tree = FileTree.Open(files.Root).Value;
        UnitFileInstaller installer = Installer(tree);

        installer.Exists(name, out InstallChange failure).Should().Be(exists);

        (failure.IsFailure ? failure.AsErrno.ToString() : "").Should().Be(error);
        installer.TakeProblems().Should().HaveCount(name == "wrong.service" ? 1 : 0);
    }

    [Fact]
    public void Of_endless_bad_lines_the_first_are_named()
    {
        using TempTree files = new TempTree().Add("usr/lib/systemd/system/bad.service = " + string.Concat(Enumerable.Repeat("[Install]\\nWanted\\n", 50_000)));
        using FileTree tree = FileTree.Open(files.Root).Value;
        UnitFileInstaller installer = Installer(tree);

        installer.List().Should().ContainSingle();

        IReadOnlyList<InstallProblem> problems = installer.TakeProblems();
        problems.Should().HaveCount(257);
        problems[0].ToString().Should().EndWith("bad.service:2: Missing '=', ignoring line.");
        problems[^1].Text.Should().Be("There is more to complain of, which is not named.");
        installer.TakeProblems().Should().BeEmpty();
    }

    [Fact]
    public void UpheldBy_makes_links_too()
    {
        using TempTree files = new TempTree().Add("usr/lib/systemd/system/a.service = [Install]\\nUpheldBy=x.target", "usr/lib/systemd/system/x.target = [Unit]\\n");
        using FileTree tree = FileTree.Open(files.Root).Value;
        UnitFileInstaller installer = Installer(tree);

        InstallResult result = installer.Enable(["a.service"]);

        result.CarriesInstallInfo.Should().BeTrue();
        files.Listing().Should().Contain("etc/systemd/system/x.target.upholds/a.service -> /usr/lib/systemd/system/a.service");
        installer.GetState("a.service", out _).Should().Be(UnitFileState.Enabled);
        installer.GetLinks("a.service").Value.Should().ContainSingle();
    }

    [Fact]
    public void A_unit_without_install_section_is_enabled_in_silence()
    {
        using TempTree files = new TempTree().Add("usr/lib/systemd/system/a.service = [Unit]\\n");
        using FileTree tree = FileTree.Open(files.Root).Value;

        InstallResult result = Installer(tree).Enable(["a.service"]);

        result.CarriesInstallInfo.Should().BeFalse();
        result.Changes.Should().BeEmpty();
        result.BusError.Should().BeNull();
    }

    [Fact]
    public void Nothing_is_written_outside_the_root()
    {
        using TempTree files = new TempTree().Add("root/etc/systemd/system/x.target.wants -> ../../../../../outside", "outside/",
            "root/usr/lib/systemd/system/a.service = [Install]\\nWantedBy=x.target");
        using FileTree tree = FileTree.Open(new ByteText(files.At("root"))).Value;

        InstallResult result = Installer(tree).Enable(["a.service"]);

        Directory.GetFileSystemEntries(files.At("outside")).Should().BeEmpty();
        result.Failed.Should().BeTrue("the link leads to a directory that this root does not have");
    }

    [Theory]
    [InlineData("a b.service")]
    [InlineData("")]
    [InlineData("relative/a.service")]
    [InlineData("a@b@c")]
    public void What_is_no_name_is_refused(string name)
    {
        using TempTree files = new TempTree().Add("etc/systemd/system/");
        using FileTree tree = FileTree.Open(files.Root).Value;
        UnitFileInstaller installer = Installer(tree);

        foreach (InstallResult result in new[] { installer.Enable([name]), installer.Disable([name]), installer.Mask([name]), installer.Unmask([name]),
            installer.Link([name]), installer.Preset([name]), installer.Revert([name]), installer.SetDefaultTarget(name) })
        {
            result.Failed.Should().BeTrue();
        }
        files.Listing().Should().Equal("etc/", "etc/systemd/", "etc/systemd/system/");
    }

    private static UnitFileInstaller Installer(FileTree tree) => new(SearchPaths.Create(SearchScope.System, new SearchPathOptions { Tree = tree }));
}
