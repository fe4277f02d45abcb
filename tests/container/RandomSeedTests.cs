using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>The ext beside the real systemd-random-seed, over the same seed files: exit codes, sizes, rights and what kind of file is left.</summary>
public sealed class RandomSeedTests(Containers containers) : IClassFixture<Containers>
{
    private const string Directory = "/var/lib/systemd";

    [Theory]
    [InlineData("rm -f random-seed", "load")]
    [InlineData("rm -f random-seed", "save")]
    [InlineData(": >random-seed", "load")]
    [InlineData("echo short >random-seed", "load")]
    [InlineData("head -c 512 /dev/urandom >random-seed; chmod 644 random-seed; chown 1000:1000 random-seed", "load")]
    [InlineData("head -c 512 /dev/urandom >random-seed", "save")]
    [InlineData("head -c 20M /dev/zero >random-seed", "save")]
    [InlineData("rm -f random-seed; ln -s ../seed random-seed", "load")]
    [InlineData("rm -f random-seed; ln -s random-seed random-seed", "load")]
    [InlineData("rm -f random-seed; mkdir random-seed", "load")]
    [InlineData("rm -f random-seed; mkdir random-seed", "save")]
    [InlineData("true", "banana")]
    [InlineData("true", "load more")]
    [InlineData("true", "")]
    public void It_does_what_the_real_one_does(string before, string arguments)
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        string ours = Play(machine, before, "/usr/lib/sysmaster/random-seed " + arguments);

        ours.Should().Be(Play(machine, before, "/lib/systemd/systemd-random-seed " + arguments));
    }

    /// <summary>A tmpfs of its own stands for a /var that is full or read-only.</summary>
    [Theory]
    [InlineData("ro", "load")]
    [InlineData("ro", "save")]
    [InlineData("full", "load")]
    [InlineData("full", "save")]
    public void A_var_that_cannot_be_written_is_an_answer(string state, string verb)
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        string before = "mount -t tmpfs -o size=64k none . && cd . && cd " + Directory + " && head -c 512 /dev/urandom >random-seed && "
            + (state == "ro" ? "mount -o remount,ro ." : "{ head -c 1M /dev/zero >fill 2>/dev/null || true; }");
        string ours = Play(machine, before, "/usr/lib/sysmaster/random-seed " + verb);

        ours.Should().Be(Play(machine, before, "/lib/systemd/systemd-random-seed " + verb));
    }

    private static string Play(Machine machine, string before, string command) => machine.Must($$"""
        cd {{Directory}}; rm -rf random-seed ../seed
        {{before}}
        cd {{Directory}}
        {{command}} >/dev/null 2>/tmp/said; echo "exit $?"
        stat -L -c '%F %a %u:%g %s' random-seed 2>&1; stat -c '%F' random-seed 2>&1
        test ! -e random-seed.new || echo left behind
        cd /; umount {{Directory}} 2>/dev/null || true
        """);
}
