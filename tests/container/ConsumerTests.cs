using System.Text.RegularExpressions;
using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>
/// Programs of the archive that ask the manager for something: container runtimes, D-Bus clients of other makes, Ansible, Cockpit, systemd's
/// own tools. Each script of consumers/ runs under both inits; the reference's transcript must be in order by itself, then ours equals it.
/// </summary>
public sealed partial class ConsumerTests(Containers containers) : IClassFixture<Containers>
{
    private static readonly string s_folder = Path.Combine(Shell.Root, "tests", "container", "consumers");

    [FullTheory]
    [InlineData("runtimes")]
    [InlineData("podman")]
    [InlineData("containerd")]
    [InlineData("clients")]
    [InlineData("ansible")]
    [InlineData("cockpit")]
    [InlineData("tools")]
    [InlineData("nspawn")]
    public void A_program_finds_the_manager_it_knows(string script)
    {
        Alike(script, containers.Get("systemd", "consumers"), containers.Get("sysmaster", "consumers"));
    }

    [FullFact]
    public void Another_bus_finds_the_manager_it_knows()
    {
        string overlay = Directory.CreateTempSubdirectory("broker").FullName;
        string units = Path.Combine(overlay, "etc", "systemd", "system");
        Directory.CreateDirectory(units);
        File.CreateSymbolicLink(Path.Combine(units, "dbus.service"), "/lib/systemd/system/dbus-broker.service");
        using Machine reference = Containers.Boot("systemd", "consumers", "--overlay", overlay), subject = Containers.Boot("sysmaster", "consumers", "--overlay", overlay);
        Directory.Delete(overlay, recursive: true);

        Alike("broker", reference, subject);
    }

    private static void Alike(string script, Machine reference, Machine subject)
    {
        (Outcome theirs, Outcome ours) = OnBoth(script, reference, subject);

        theirs.Code.Should().Be(0, "what the script wants must be so under systemd: {0}", theirs);
        VerbTests.Difference(Steady(theirs.Output), Steady(ours.Output)).Should().BeEmpty();
    }

    private static (Outcome Systemd, Outcome Sysmaster) OnBoth(string script, Machine reference, Machine subject)
    {
        string text = File.ReadAllText(Path.Combine(s_folder, "prelude.sh")) + File.ReadAllText(Path.Combine(s_folder, script + ".sh"));
        Task<Outcome> theirs = Task.Run(() => reference.Exec(text, 300));
        Outcome ours = subject.Exec(text, 300);
        return (theirs.Result, ours);
    }

    /// <summary>Names of the two machines, numbers of jobs and processes, and Debian's two names of one folder.</summary>
    private static string Steady(string transcript)
    {
        transcript = transcript.Replace("/usr/lib/systemd/", "/lib/systemd/", StringComparison.Ordinal);
        foreach ((Regex what, string with) in s_volatile) { transcript = what.Replace(transcript, with); }
        return transcript;
    }

    private static readonly (Regex What, string With)[] s_volatile = [(Host(), "HOST"), (Jobs(), "/job/N"), (Runs(), "run-N")];

    [GeneratedRegex(@"\b(systemd|sysmaster)-\d+-\d+\b")]
    private static partial Regex Host();

    [GeneratedRegex(@"/job/\d+")]
    private static partial Regex Jobs();

    [GeneratedRegex(@"run-[ur][0-9a-f]+")]
    private static partial Regex Runs();
}
