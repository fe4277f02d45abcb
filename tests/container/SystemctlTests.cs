using System.Text.RegularExpressions;
using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>
/// Our systemctl beside the real one, with either manager: the same command lines, the same output, complaints and exit codes.
/// systemctl/*.list: one command line a line, both clients one after the other on one machine. verbs/*.sh: scripts that change states, a machine for
/// each client.
/// </summary>
public sealed partial class SystemctlTests
{
    private const string Ours = "/usr/lib/sysmaster/systemctl";
    private static readonly string s_folder = Path.Combine(Shell.Root, "tests", "container");

    [Theory]
    [InlineData("systemd", "questions")]
    [InlineData("systemd", "refusals")]
    [InlineData("systemd", "colours")]
    [InlineData("systemd", "system-v")]
    [InlineData("sysmaster", "questions")]
    [InlineData("sysmaster", "refusals")]
    [InlineData("sysmaster", "colours")]
    [InlineData("sysmaster", "system-v")]
    public void Both_clients_say_the_same(string manager, string list)
    {
        using Machine machine = Boot(manager);
        string lines = File.ReadAllText(Path.Combine(s_folder, "systemctl", list + ".list"));

        Outcome outcome = machine.Exec($"cat >/root/list <<'END'\n{lines}\nEND\n{File.ReadAllText(Path.Combine(s_folder, "systemctl", "both.sh"))}", 500);

        outcome.Output.Should().BeEmpty();
        outcome.Code.Should().Be(0);
    }

    [Theory]
    [InlineData("systemd", "states")]
    [InlineData("systemd", "files")]
    [InlineData("systemd", "properties")]
    [InlineData("systemd", "refusals")]
    [InlineData("sysmaster", "states")]
    [InlineData("sysmaster", "files")]
    [InlineData("sysmaster", "properties")]
    [InlineData("sysmaster", "refusals")]
    public void Both_clients_do_the_same(string manager, string script)
    {
        using Machine reference = Boot(manager), subject = Boot(manager);

        (string theirs, string ours) = Play(script, reference, subject);

        VerbTests.Difference(Steady(theirs), Steady(ours)).Should().BeEmpty();
    }

    private static (string Theirs, string Ours) Play(string script, Machine reference, Machine subject)
    {
        string text = File.ReadAllText(Path.Combine(s_folder, "verbs", "prelude.sh")) + File.ReadAllText(Path.Combine(s_folder, "verbs", script + ".sh"));
        Task<string> theirs = Task.Run(() => reference.Exec(text, 240).Output);
        string ours = subject.Exec($"mkdir -p /run/ours && ln -s {Ours} /run/ours/systemctl && export PATH=/run/ours:$PATH\n{text}", 240).Output;
        return (theirs.Result, ours);
    }

    /// <summary>systemd's machine has our client too, beside its own.</summary>
    private static Machine Boot(string manager)
    {
        string overlay = Path.Combine(Shell.Root, "out", "systemctl-overlay");
        string program = Path.Combine(overlay, Ours.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.Copy(Path.Combine(Shell.Root, "out", "root", Ours.TrimStart('/')), program, overwrite: true);
        return Containers.Boot(manager, "minimal", "--overlay", overlay);
    }

    // Advice is our own prose behind its first line.
    private static string Steady(string transcript) => VerbTests.Steady(Advice().Replace(transcript, "$1"));

    [GeneratedRegex(@"(The unit files have no installation config .*\n)(?:(?![=$]).*\n)*")]
    private static partial Regex Advice();
}
