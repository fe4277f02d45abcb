using System.Diagnostics;
using SysMaster.Core.Boot;

namespace SysMaster.Core.Tests.Boot;

public sealed class DetectionTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-c")]
    [InlineData("-v")]
    public void Agrees_with_systemd_detect_virt(string option)
    {
        if (!System.IO.File.Exists("/usr/bin/systemd-detect-virt")) { return; }   // a comparison, where there is something to compare with

        Virtualization found = Virtualization.Detect(null);

        string ours = option switch { "-c" => found.Container, "-v" => found.Machine, _ => found.Id };
        (ours.Length == 0 ? "none" : ours).Should().Be(Run("/usr/bin/systemd-detect-virt", option));
    }

    [Theory]
    [InlineData("systemd-nspawn", "systemd-nspawn")]
    [InlineData("something-new", "container-other")]
    [InlineData("", "")]
    public void What_the_container_manager_says_of_itself_counts(string said, string expected)
    {
        if (System.IO.File.Exists("/run/host/container-manager")) { return; }   // then this machine's own manager has the word

        Virtualization.Detect(said).Container.Should().Be(expected);
    }

    [Theory]
    [InlineData("x86_64", "x86-64")]
    [InlineData("aarch64", "arm64")]
    [InlineData("ppc64le", "ppc64-le")]
    [InlineData("z80", "")]
    public void Machines_have_the_words_of_systemd(string machine, string name) => MachineArchitecture.NameOf(machine).Should().Be(name);

    [Fact]
    public void The_facts_of_this_machine_are_there()
    {
        var facts = new SystemFacts();

        facts.BootId.Should().MatchRegex("^[0-9a-f]{32}$");
        facts.KernelRelease.Should().Be(Run("/usr/bin/uname", "-r"));
        facts.Hostname.Should().Be(Run("/usr/bin/uname", "-n"));
        facts.PhysicalMemory.Should().BeGreaterThan(1 << 20);
    }

    private static string Run(string program, string argument)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (argument.Length > 0) { start.ArgumentList.Add(argument); }
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return text;
    }
}
