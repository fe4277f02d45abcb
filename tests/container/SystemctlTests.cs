using System.Text.RegularExpressions;
using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>
/// Our systemctl beside the real one, with either manager: the same command lines, the same output, complaints and exit codes.
/// systemctl/*.list: one command line a line, both clients one after the other on one machine. verbs/*.sh: scripts that change states, a machine for
/// each client.
/// </summary>
public sealed partial class SystemctlTests(Containers containers) : IClassFixture<Containers>
{
    private const string Ours = "/usr/lib/sysmaster/systemctl";
    private static readonly string s_folder = Path.Combine(Shell.Root, "tests", "container");

    [Theory]
    [InlineData("systemd", "questions")]
    [InlineData("systemd", "refusals")]
    [InlineData("systemd", "colours")]
    [InlineData("systemd", "system-v")]
    [InlineData("systemd", "assignments")]
    [InlineData("sysmaster", "assignments")]
    [InlineData("sysmaster", "questions")]
    [InlineData("sysmaster", "refusals")]
    [InlineData("sysmaster", "colours")]
    [InlineData("sysmaster", "system-v")]
    public void Both_clients_say_the_same(string manager, string list)
    {
        using Machine machine = Boot(manager);
        Compare(machine, list);
    }

    private static void Compare(Machine machine, string list)
    {
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

    [Theory]
    [InlineData("systemd")]
    [InlineData("sysmaster")]
    public void Both_clients_reach_another_machine(string manager)
    {
        using Machine machine = Boot(manager, "server");
        machine.Must("""
            mkdir -p -m 700 /root/.ssh; ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id; cp /root/.ssh/id.pub /root/.ssh/authorized_keys
            printf 'Host *\n IdentityFile /root/.ssh/id\n StrictHostKeyChecking no\n UserKnownHostsFile /dev/null\n LogLevel ERROR\n BatchMode yes\n' >/root/.ssh/config
            systemctl start ssh
            """);

        Compare(machine, "remote");
    }

    /// <summary>On a terminal, with an editor that is a script.</summary>
    [Theory]
    [InlineData("", "edit-a.service", "/etc/systemd/system/edit-a.service.d/override.conf")]
    [InlineData("--runtime", "edit-a.service", "/run/systemd/system/edit-a.service.d/override.conf")]
    [InlineData("--drop-in=more", "edit-a.service", "/etc/systemd/system/edit-a.service.d/more.conf")]
    [InlineData("--full", "edit-a.service", "/etc/systemd/system/edit-a.service")]
    [InlineData("--force --full", "edit-new.service", "/etc/systemd/system/edit-new.service")]
    public void What_was_edited_is_in_force(string options, string unit, string file)
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("printf '[Service]\\nExecStart=sleep 1000\\n' >/usr/lib/systemd/system/edit-a.service; systemctl daemon-reload");
        machine.Must("""printf '#!/bin/sh\nif grep -q "^### Anything" "$1"; then sed -i "3s/.*/[Unit]\\nDescription=edited/" "$1"; else printf "[Unit]\\nDescription=edited\\n[Service]\\nExecStart=true\\n" >"$1"; fi\n' >/root/ed; chmod +x /root/ed""");

        machine.Must($"script -qec 'env EDITOR=/root/ed {Ours} edit {options} {unit}' /dev/null </dev/null");

        machine.Must($"cat {file}").Should().Contain("Description=edited").And.NotContain("###");
        machine.Must($"systemctl show -P Description {unit}; ls -A $(dirname {file}) | grep -c '^[.]#' || true").Should().Be("edited\n0");
        machine.Must($"rm -r {file} /usr/lib/systemd/system/edit-a.service; rmdir /etc/systemd/system/edit-a.service.d /run/systemd/system/edit-a.service.d 2>/dev/null; systemctl daemon-reload");
    }

    [Fact]
    public void An_edit_without_a_person_takes_its_text_from_a_pipe_and_one_that_comes_to_nothing_leaves_nothing()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("printf '[Service]\\nExecStart=sleep 1000\\n' >/etc/systemd/system/edit-b.service; systemctl daemon-reload");

        machine.Must($"printf '[Unit]\\nDescription=piped\\n' | {Ours} edit --stdin --drop-in=p edit-b; systemctl show -P Description edit-b; cat /etc/systemd/system/edit-b.service.d/p.conf")
            .Should().Be("piped\n[Unit]\nDescription=piped");
        machine.Must("rm -r /etc/systemd/system/edit-b.service.d; systemctl daemon-reload");
        machine.Exec($"script -qec 'env EDITOR=false {Ours} edit edit-b' /dev/null </dev/null").Code.Should().NotBe(0);
        machine.Must($"script -qec 'env EDITOR=true {Ours} edit edit-b' /dev/null </dev/null").Should().Contain("canceled: temporary file is empty");
        machine.Must("ls -d /etc/systemd/system/edit-b* && rm /etc/systemd/system/edit-b.service && systemctl daemon-reload").Should().Be("/etc/systemd/system/edit-b.service");
    }

    [Fact]
    public void A_person_at_a_terminal_sees_what_is_waited_for_and_a_pipe_does_not()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("printf '[Service]\\nType=oneshot\\nExecStart=sleep 3\\n' >/run/systemd/system/slow.service; systemctl daemon-reload");

        machine.Must($"TERM=xterm script -qec '{Ours} start slow' /dev/null </dev/null").Should().Contain("slow.service: start (1s)").And.EndWith("\u001b[K");
        machine.Must($"TERM=xterm {Ours} start slow 2>&1").Should().BeEmpty();
    }

    private static (string Theirs, string Ours) Play(string script, Machine reference, Machine subject)
    {
        string text = File.ReadAllText(Path.Combine(s_folder, "verbs", "prelude.sh")) + File.ReadAllText(Path.Combine(s_folder, "verbs", script + ".sh"));
        Task<string> theirs = Task.Run(() => reference.Exec(text, 240).Output);
        string ours = subject.Exec($"mkdir -p /run/ours && ln -s {Ours} /run/ours/systemctl && export PATH=/run/ours:$PATH\n{text}", 240).Output;
        return (theirs.Result, ours);
    }

    /// <summary>systemd's machine has our client too, beside its own.</summary>
    private static Machine Boot(string manager, string root = "minimal")
    {
        string overlay = Path.Combine(Shell.Root, "out", "systemctl-overlay");
        string program = Path.Combine(overlay, Ours.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.Copy(Path.Combine(Shell.Root, "out", "root", Ours.TrimStart('/')), program, overwrite: true);
        return Containers.Boot(manager, root, "--overlay", overlay);
    }

    // Advice is our own prose behind its first line.
    private static string Steady(string transcript) => VerbTests.Steady(Advice().Replace(transcript, "$1"));

    [GeneratedRegex(@"(The unit files have no installation config .*\n)(?:(?![=$]).*\n)*")]
    private static partial Regex Advice();
}
