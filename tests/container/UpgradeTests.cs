using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>
/// Another build takes over under everything that runs, and back. The second build is the first with another number of its state's schema in its
/// file (it writes fields and kinds of record that the first does not know), its init and executor with a byte more.
/// </summary>
public sealed class UpgradeTests(Containers containers) : IClassFixture<Containers>
{
    private static int Rounds => Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1" ? 50 : 2;

    private const string CoreFile = "readlink /proc/$(pgrep -of '^/usr/lib/sysmaster/sysmaster --system')/exe";

    [Fact]
    public void To_a_build_of_another_schema_and_back_nobody_notices()
    {
        Machine machine = Prepared();
        string cron = machine.Must("systemctl show -P MainPID -P NRestarts -P ActiveEnterTimestampMonotonic cron");
        machine.Must("""
            cat >/run/systemd/system/up.socket <<<$'[Socket]\nListenStream=/run/up\nAccept=yes'
            cat >/run/systemd/system/up@.service <<<$'[Service]\nStandardInput=socket\nStandardOutput=socket\nExecStart=cat'
            cat >/run/systemd/system/up-slow.service <<<$'[Service]\nType=oneshot\nExecStart=sleep 12'
            systemctl daemon-reload; systemctl start up.socket
            """);
        machine.Must("""
            (systemctl start up-slow; echo "slow $?" >/run/slow) &
            (systemd-run --pipe --wait --collect -q sh -c 'sleep 9; exit 3'; echo "pipe $?" >/run/pipe) &
            (for i in $(seq 40); do perl -MIO::Socket::UNIX -e '$s=IO::Socket::UNIX->new(Peer=>"/run/up") or die; print $s "ping\n"; $s->flush; shutdown($s,1); print <$s>'; sleep 0.2; done >/run/pings) &
            sleep 0.5; echo begun
            """);

        for (int i = 0; i < Rounds; i++)
        {
            machine.Must("sctl upgrade /run/next", 60).Should().EndWith("The new build runs.");
            machine.Must(CoreFile + "; grep -c sysmaster-schema=2 /usr/lib/sysmaster/sysmaster").Should().Be("/usr/lib/sysmaster/sysmaster\n1");
            machine.Must("cmp /proc/1/exe /run/next/init && cmp /usr/lib/sysmaster/sysmaster-executor /run/next/sysmaster-executor");
            machine.Must("systemd-run --wait -q true && systemctl is-active cron");
            machine.Must("sctl upgrade /usr/lib/sysmaster/previous", 60).Should().EndWith("The new build runs.");
            machine.Must("grep -c sysmaster-schema=1 /usr/lib/sysmaster/sysmaster; systemd-run --wait -q true");
        }

        machine.Until("test -e /run/slow -a -e /run/pipe && test $(wc -l </run/pings) = 40", 60);
        machine.Must("cat /run/slow /run/pipe; sort /run/pings | uniq -c | sed 's/^ *//'").Should().Be("slow 0\npipe 3\n40 ping");
        machine.Must("systemctl show -P MainPID -P NRestarts -P ActiveEnterTimestampMonotonic cron").Should().Be(cron);
        machine.Must("systemctl is-system-running").Should().Be("running");
    }

    /// <summary>Programs that pass the test before the change and fail after it: by an exit, or by being there and saying nothing.</summary>
    [Theory]
    [InlineData("exit 1")]
    [InlineData("exec sleep 1000")]
    [InlineData("kill -SEGV $$")]
    public void A_build_that_does_not_answer_is_taken_back(string instead)
    {
        Machine machine = Prepared();
        string before = machine.Must("systemctl show -P MainPID cron; sha256sum /usr/lib/sysmaster/sysmaster");
        machine.Must($$"""
            mkdir -p /run/bad; cat >/run/bad/sysmaster <<'EOF'
            #!/bin/sh
            case "$1" in --check-state) exit 0 ;; esac
            {{instead}}
            EOF
            chmod +x /run/bad/sysmaster
            """);

        Outcome outcome = machine.Exec("sctl upgrade /run/bad", 60);

        outcome.Code.Should().Be(1);
        outcome.ToString().Should().Contain("was taken back, the one before runs");
        machine.Must("systemctl show -P MainPID cron; sha256sum /usr/lib/sysmaster/sysmaster").Should().Be(before);
        machine.Must(CoreFile).Should().Be("/usr/lib/sysmaster/sysmaster");
        machine.Must("systemd-run --wait -q true && cmp /run/bad/sysmaster /usr/lib/sysmaster/failed/sysmaster");
    }

    [Theory]
    [InlineData("cp /bin/false /run/none/sysmaster", "failed its test (status 1)")]
    [InlineData("echo text >/run/none/sysmaster; chmod -x /run/none/sysmaster", "cannot be started")]
    [InlineData("cp /usr/lib/sysmaster/sysmaster /run/none/; cp /bin/false /run/none/init", "/run/none/init failed its test")]
    public void A_build_that_cannot_read_the_state_is_refused(string make, string why)
    {
        Machine machine = Prepared();
        string before = machine.Must("ls -i /usr/lib/sysmaster; sctl recovery | wc -l");
        machine.Must("rm -rf /run/none; mkdir /run/none; " + make);

        Outcome outcome = machine.Exec("sctl upgrade /run/none", 60);

        outcome.Code.Should().Be(1);
        outcome.ToString().Should().Contain("nothing was changed").And.Contain(why);
        machine.Must("ls -i /usr/lib/sysmaster; sctl recovery | wc -l").Should().Be(before);
    }

    /// <summary>What a package's script does: the files are replaced already, only the processes have the old ones.</summary>
    [Fact]
    public void A_build_installed_over_the_running_one_takes_over()
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        machine.Must(MakeNext + "; cd /run/next; for f in sysmaster init sysmaster-executor; do cp $f /usr/lib/sysmaster/$f.tmp; mv /usr/lib/sysmaster/$f.tmp /usr/lib/sysmaster/$f; done");
        machine.Must("sctl upgrade", 60).Should().EndWith("The new build runs.");
        machine.Must("cmp /proc/1/exe /run/next/init; grep -c sysmaster-schema=1 /usr/lib/sysmaster/previous/sysmaster").Should().Be("1");
        machine.Must("sctl upgrade /usr/lib/sysmaster/previous", 60).Should().EndWith("The new build runs.");
        machine.Must("systemd-run --wait -q true && systemctl is-system-running").Should().Be("running");
    }

    private const string MakeNext = """
        rm -rf /run/next; mkdir -p /run/next; cp /usr/lib/sysmaster/sysmaster /usr/lib/sysmaster/init /usr/lib/sysmaster/sysmaster-executor /run/next/
        sed -i s/sysmaster-schema=1/sysmaster-schema=2/ /run/next/sysmaster; printf x >>/run/next/init; printf x >>/run/next/sysmaster-executor; test $(grep -c sysmaster-schema=2 /run/next/sysmaster) = 1
        """;

    private Machine Prepared()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("mkdir -p /run/systemd/system; test -e /run/next || { " + MakeNext + "; }");
        return machine;
    }
}
