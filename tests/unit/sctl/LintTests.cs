using System.Text.Json;
using SysMaster.Lint;
using SysMaster.Linux;

namespace SysMaster.Sctl.Tests;

public sealed class LintTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("lint-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Each_line_has_its_rule()
    {
        Put("a.service", "[Unit]\nDescription=%n\nNope=1\n[Service]\nExecStart=/bin/true\nRestartSec=soon\nRootVerity=/x\nno line\n[X-Own]\nA=b\n[Odd]\nA=b\n[Install]\nWantedBy=x.target\n");

        Lint("a.service").Select(f => (f.Line, f.Rule.Id)).Should().Equal(
            (2, "SM000"), (3, "SM002"), (5, "SM000"), (6, "SM003"), (7, "SM005"), (8, "SM004"), (11, "SM001"), (14, "SM000"));
    }

    [Fact]
    public void What_a_unit_names_is_looked_up()
    {
        Put("usr/bin/there", "", executable: true);
        Put("usr/bin/data", "");
        Put("etc/settings", "A=b\n");
        Put("etc/systemd/system/one.service", "[Service]\nExecStart=/usr/bin/there\n");
        Put("etc/systemd/system/t@.service", "[Service]\nExecStart=/usr/bin/%i\n");
        Put("b.service", """
            [Unit]
            Requires=one.service t@x.service home.mount gone.service
            Wants=gone-too.service
            [Service]
            ExecStartPre=-/usr/bin/gone
            ExecStartPre=/usr/bin/data
            ExecStartPre=there one ; /usr/bin/gone two
            ExecStart=/usr/bin/there
            EnvironmentFile=-/etc/none
            EnvironmentFile=/etc/settings
            EnvironmentFile=/etc/none

            """);

        Lint("b.service", looked: true).Where(f => f.Rule != Rules.Honoured).Select(f => (f.Line, f.Rule.Id, f.Text)).Should().Equal(
            (2, "SM103", "gone.service is not there"),
            (6, "SM101", "/usr/bin/data is not there, or cannot be executed"),
            (7, "SM101", "/usr/bin/gone is not there, or cannot be executed"),
            (11, "SM102", "/etc/none is not there"));
    }

    [Fact]
    public void A_file_that_others_may_write_is_an_error()
    {
        Put("c.service", "[Service]\nExecStart=/bin/true\n");
        Sys.Chmod((ByteText)(_root + "/c.service"), 0x1B0).Failed.Should().BeFalse();

        Lint("c.service", looked: true).Select(f => f.Rule.Id).Should().Contain("SM104");
    }

    [Theory]
    [InlineData("x.service", true)]
    [InlineData("x.service.d/a.conf", true)]
    [InlineData("service.d/a.conf", true)]
    [InlineData("system.conf", true)]
    [InlineData("x.txt", false)]
    [InlineData("other.d/a.conf", false)]
    public void Only_what_the_manager_reads_is_looked_at(string name, bool expected) => UnitFileLint.IsUnitFile("/etc/systemd/" + name).Should().Be(expected);

    [Fact]
    public void An_old_name_becomes_todays_and_all_else_stays()
    {
        Put("d.service", "# Über\n[Unit]\nOnFailureIsolate=yes\n[Service]\n  ReadWriteDirectories=/srv\nStartLimitBurst=3\nExecStart=/bin/true\nBogus=1");
        List<Finding> findings = Lint("d.service");

        Mend.File(_root + "/d.service", findings).Value.Should().Be(1, "a truth value is no job mode, and another section is another place");

        File.ReadAllText(_root + "/d.service").Should().Be("# Über\n[Unit]\nOnFailureIsolate=yes\n[Service]\n  ReadWritePaths=/srv\nStartLimitBurst=3\nExecStart=/bin/true\nBogus=1");
        findings.Find(f => f.Key == "StartLimitBurst")!.Text.Should().Be("its place is [Unit] StartLimitBurst= now");
        Directory.GetFiles(_root).Should().ContainSingle();
    }

    [Fact]
    public void Reports_are_valid_whatever_the_file_holds()
    {
        Put("e.service", "[Unit]\nDescription=a\u001b[31m\nBad\u0007Key=x\n\u0000\u0001\n[Service]\nType=\"\n");
        List<Finding> findings = Lint("e.service");
        var json = new MemoryStream();
        LintReport.WriteJson(json, findings, 1);
        JsonDocument.Parse(json.ToArray()).RootElement.GetProperty("findings").GetArrayLength().Should().Be(findings.Count);
        var sarif = new MemoryStream();
        LintReport.WriteSarif(sarif, findings);
        JsonDocument.Parse(sarif.ToArray()).RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength().Should().Be(findings.Count(f => f.Rule.Level != Level.None));
        var text = new StringWriter();
        LintReport.Write(text, findings, 1);
        text.ToString().Should().NotContain("\u001b").And.NotContain("\u0007");
    }

    [Fact]
    public void Ids_are_unique() => Rules.All.Select(rule => rule.Id).Should().OnlyHaveUniqueItems();

    [Fact]
    public void A_pipe_is_refused_and_does_not_block()
    {
        File.CreateSymbolicLink(_root + "/f.service", "/dev/zero");
        Lint("f.service").Should().ContainSingle().Which.Text.Should().Be("is no regular file");
    }

    private List<Finding> Lint(string name, bool looked = false)
    {
        var findings = new List<Finding>();
        UnitFileLint.Run(_root + "/" + name, looked ? new MachineFacts(_root) : null, findings);
        return findings;
    }

    private void Put(string path, string text, bool executable = false)
    {
        string full = _root + "/" + path;
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        if (executable) { Sys.Chmod((ByteText)full, 0x1ED); }
    }
}
