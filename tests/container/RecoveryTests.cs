using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>
/// The manager is killed, stopped or gone, and nobody notices. What systemd cannot be asked for, so sysmaster alone; every instant in turn
/// is the business of tests/kills.
/// </summary>
public sealed class RecoveryTests(Containers containers) : IClassFixture<Containers>
{
    private const string Core = "pgrep -of '^/usr/lib/sysmaster/(previous/)?sysmaster --system'";
    private const string Shell = "pgrep -P 1 -x 'sulogin|sh|bash'";
    private const string Kill = "kill -9 $(" + Core + ")";

    [Fact]
    public void Who_waits_for_a_job_gets_its_end()
    {
        Machine machine = Shared();
        Write(machine, "slow.service", "[Service]\nType=oneshot\nExecStart=sleep 3\n");
        Outcome outcome = machine.Exec($$"""
            (systemctl start slow; echo start $?) & (systemctl --wait start slow; echo wait $?) &
            (systemd-run --pipe --wait -q sh -c 'echo begin; sleep 3; echo end; exit 3'; echo run $?) &
            (systemd-run --scope -q sh -c 'sleep 3; exit 4'; echo scope $?) &
            sleep 1; {{Kill}}; wait; systemctl reset-failed
            """);
        outcome.Text.Split('\n').Should().BeEquivalentTo("begin", "end", "start 0", "wait 0", "run 3", "scope 4");
    }

    [Fact]
    public void The_message_bus_does_not_see_the_manager_go()
    {
        Machine machine = Shared();
        string before = machine.Must("busctl call org.freedesktop.DBus / org.freedesktop.DBus GetNameOwner s org.freedesktop.systemd1");
        machine.Must($$"""
            busctl monitor --match "type='signal',member='NameOwnerChanged',arg0='org.freedesktop.systemd1'" >/run/seen 2>&1 &
            busctl monitor org.freedesktop.systemd1 >/run/signals 2>&1 &
            sleep 1; for i in 1 2 3; do {{Kill}}; systemctl restart cron; done; sleep 1; kill %1 %2
            """);
        machine.Must("grep -c org.freedesktop.systemd1 /run/seen || true").Should().Be("0");
        machine.Must("grep -c JobRemoved /run/signals").Should().NotBe("0");
        machine.Must("busctl call org.freedesktop.DBus / org.freedesktop.DBus GetNameOwner s org.freedesktop.systemd1").Should().Be(before);
    }

    /// <summary>Authentication in two halves, and a message in two halves, the manager killed between each.</summary>
    [Fact]
    public void Half_a_message_is_completed_after_a_kill()
    {
        Machine machine = Shared();
        machine.Must("""
            cat >/run/half.pl <<'EOF'
            use IO::Socket::UNIX;
            sub field { my ($at, $code, $sig, $text) = @_; my $p = "\0" x (-$at % 8); $p . pack('CCaCV', $code, 1, $sig, 0, length $text) . $text . "\0" }
            my $fields = '';
            $fields .= field(length $fields, @$_) for [1, 'o', '/org/freedesktop/systemd1'], [2, 's', 'org.freedesktop.DBus.Peer'], [3, 's', 'Ping'];
            my $call = pack('aCCCVVV', 'l', 1, 0, 1, 0, 77, length $fields) . $fields;
            $call .= "\0" x (-length($call) % 8);
            my $s = IO::Socket::UNIX->new(Peer => '/run/systemd/private') or die $!;
            sub half { print $s shift; $s->flush; select undef, undef, undef, 0.3; system "$ENV{KILL}"; select undef, undef, undef, 0.3 }
            half("\0AUTH EXTERNAL 30\r\nNEGOT");
            half("IATE_UNIX_FD\r\nBEGIN\r\n" . substr($call, 0, 21));
            half(substr($call, 21, 40));
            print $s substr($call, 61); $s->flush;
            my $in = ''; alarm 20;
            until ($in =~ /l\x02.{6}/s && unpack('V', substr($in, index($in, "l\x02") + 4)) >= 0 && length($in) > 90) { sysread($s, $in, 4096, length $in) or die 'closed' }
            print scalar(() = $in =~ /OK /g), ' ', index($in, pack('V', 77)) > 0 ? 'answered' : 'not';
            EOF
            """);
        machine.Must($"KILL='{Kill.Replace("'", "'\\''")}' perl /run/half.pl").Should().Be("1 answered");
    }

    [Fact]
    public void A_stopped_manager_is_replaced_within_seconds()
    {
        Machine machine = Shared();
        string before = machine.Must(Core);
        machine.Must($"kill -STOP {before}; timeout 10 systemctl is-active cron").Should().Be("active");
        machine.Must(Core).Should().NotBe(before);
        machine.Must("sctl recovery").Should().Contain("hung");
    }

    /// <summary>Each had worked with its state before it stopped: that state is not what stops them.</summary>
    [Fact]
    public void Stopped_again_and_again_it_loses_nothing()
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        Write(machine, "once.service", "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=sh -c 'echo ran >>/run/once'\n");
        machine.Must("systemctl start once; systemctl set-environment KEPT=1");
        machine.Must("for i in $(seq 6); do kill -STOP $(" + Core + "); timeout 20 systemctl is-active once || exit 1; sleep 2.5; systemctl is-active cron || exit 1; done", 120);
        machine.Must("systemctl is-active once; cat /run/once; systemctl show-environment | grep KEPT").Should().Be("active\nran\nKEPT=1");
        machine.Must("journalctl -b -o cat | grep -c 'set aside' || true").Should().Be("0");
    }

    /// <summary>The last resort: managers die as soon as they have read the state. Without it nothing is started twice, closed, or left waiting.</summary>
    [Fact]
    public void Without_its_state_it_goes_on_from_what_runs()
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        Write(machine, "echo.socket", "[Socket]\nListenStream=/run/echo\nAccept=yes\n");
        Write(machine, "echo@.service", "[Service]\nStandardInput=socket\nExecStart=cat\n");
        Write(machine, "slow.service", "[Service]\nType=oneshot\nExecStart=sleep 30\n");
        string before = machine.Must("systemctl start echo.socket; systemctl show -P MainPID cron dbus; stat -c %i /run/echo");
        string gone = machine.Must($$"""
            systemd-run --scope -q sleep 1000 & sleep 1
            (timeout 60 systemctl start slow; echo "client $?") >/run/client &
            sleep 0.5
            for i in 1 2 3 4; do timeout 20 systemctl is-active -q cron; kill -ABRT $({{Core}}); done
            for i in $(seq 100); do timeout 5 systemctl is-active -q cron && break; sleep 0.2; done
            for i in $(seq 100); do grep -q client /run/client && break; sleep 0.1; done; cat /run/client
            """, 120);
        gone.Should().MatchRegex("client [1-9]", "who waits sees the end of its connection");
        machine.Until("systemctl is-system-running", 60);
        machine.Must("journalctl -b -o cat --no-pager | grep 'taken over'").Should().Contain("echo.socket");
        machine.Must("systemctl show -P MainPID cron dbus; stat -c %i /run/echo").Should().Be(before);
        machine.Must("""
            systemctl is-active echo.socket dbus.socket 'run-*.scope'
            perl -MIO::Socket::UNIX -e '$s=IO::Socket::UNIX->new(Peer=>"/run/echo") or die; print $s "ping\n"; $s->flush; shutdown($s,1); print <$s>'
            """).Should().Be("active\nactive\nactive\nping");
        machine.Must("setpriv --reuid 65534 --regid 65534 --clear-groups -- busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager GetUnit s cron.service; systemd-run --wait -q true");
    }

    /// <summary>The log is overwritten, and each manager that takes over without it is killed over that: what init keeps stays with whom it was for.</summary>
    [Fact]
    public void Without_its_log_it_may_be_killed_while_it_takes_over()
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        Write(machine, "echo.socket", "[Socket]\nListenStream=/run/echo\nAccept=yes\n");
        Write(machine, "echo@.service", "[Service]\nStandardInput=socket\nExecStart=cat\n");
        machine.Must("systemctl start echo.socket; systemd-run -q --unit kept sleep 1000");
        string before = machine.Must("systemctl show -P MainPID cron dbus kept; stat -c %i /run/echo");
        string after = machine.Must($$"""
            for i in 1 2 3 4 5 6; do
                for f in /proc/1/fd/*; do case $(readlink $f) in */memfd:sysmaster-savepoint*) dd if=/dev/zero of=$f bs=4096 count=1 conv=notrunc 2>/dev/null; esac; done
                {{Kill}}
                for k in 1 2 3; do sleep 0.0$((i * 15 - k)); {{Kill}}; done
                timeout 20 systemctl is-active -q cron kept echo.socket dbus.socket || systemctl is-active cron kept echo.socket dbus.socket
                perl -MIO::Socket::UNIX -e '$s=IO::Socket::UNIX->new(Peer=>"/run/echo") or die; print $s "ping\n"; $s->flush; shutdown($s,1); print <$s>'
                for j in $(seq 100); do systemctl is-system-running -q && break; sleep 0.1; done
            done
            systemctl show -P MainPID cron dbus kept; stat -c %i /run/echo; systemctl is-system-running
            """, 180);
        after.Should().Be(string.Concat(Enumerable.Repeat("ping\n", 6)) + before + "\nrunning");
        machine.Must("journalctl -b -o cat --no-pager | grep -c 'is back without its state'").Should().NotBe("0");
    }

    /// <summary>Bits of the living log are turned over, at nine places in turn, or it gets a hole there: what runs goes on, once, and obeys.</summary>
    [Theory]
    [InlineData(1, "records of the state log had a wrong bit and are right again")]
    [InlineData(96, "bytes of the state log were lost")]
    public void A_damaged_log_costs_nobody_a_process(int bytes, string said)
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        Write(machine, "echo.socket", "[Socket]\nListenStream=/run/echo\nAccept=yes\n");
        Write(machine, "echo@.service", "[Service]\nStandardInput=socket\nExecStart=cat\n");
        Write(machine, "once.service", "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=sh -c 'echo once >>/run/ran'\n");
        Write(machine, "stays.service", "[Service]\nExecStart=sh -c 'echo stays >>/run/ran; exec sleep 1000'\n");
        Write(machine, "turns.service", "[Service]\nExecStart=sleep 1000\n");
        machine.Must("""
            cat >/run/damage.pl <<'EOF'
            my ($part, $bytes) = @ARGV;
            for my $file (glob '/proc/1/fd/*') {
                next unless readlink($file) =~ /memfd:sysmaster-savepoint/;
                open my $f, '+<', $file or die $!;
                sysread $f, my $log, 8 << 20;
                $log =~ s/\0+$//;
                next if length $log < 4096;
                my $at = 64 + int((length($log) - 64) * $part / 10);
                my $hole = substr $log, $at, $bytes;
                $hole = $bytes == 1 ? chr(ord($hole) ^ 4) : ~$hole;
                sysseek $f, $at, 0;
                syswrite $f, $hole;
            }
            EOF
            systemctl start echo.socket once stays turns; systemd-run -q --unit kept sleep 1000
            """);
        string before = machine.Must("systemctl show -P MainPID cron dbus kept stays; stat -c %i /run/echo");
        string after = machine.Must($$"""
            for i in 1 2 3 4 5 6 7 8 9; do
                perl /run/damage.pl $i {{bytes}}; {{Kill}}
                timeout 20 systemctl is-active -q cron kept stays once echo.socket dbus.socket || systemctl is-active cron kept stays once echo.socket dbus.socket
                perl -MIO::Socket::UNIX -e '$s=IO::Socket::UNIX->new(Peer=>"/run/echo") or die; print $s "ping\n"; $s->flush; shutdown($s,1); print <$s>'
                old=$(systemctl show -P MainPID turns)
                systemctl restart turns && grep -qs . /proc/$old/cmdline && echo "$old is still there"   # it may wait to be reaped
                systemctl status -n 0 turns >/dev/null || echo "turns: $?"
                systemctl stop turns; systemctl is-active turns | grep -vx inactive; systemctl start once stays turns
            done
            systemctl show -P MainPID cron dbus kept stays; stat -c %i /run/echo; sort /run/ran | uniq -c | tr -s ' '; pgrep -fc 'sleep 100[0]'; systemctl is-system-running
            """, 180);
        after.Should().Be(string.Concat(Enumerable.Repeat("ping\n", 9)) + before + "\n 1 once\n 1 stays\n3\nrunning");
        machine.Must("sctl recovery").Should().Contain(said);
    }

    [Fact]
    public void What_was_chosen_for_the_manager_itself_outlives_it()
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        const string Show = "systemctl show -P LogLevel -P LogTarget -P ShowStatus -P ServiceWatchdogs -P RebootWatchdogUSec | paste -sd' '; ls /run/systemd/show-status 2>/dev/null | wc -l\n";
        const string Set = "busctl set-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager ";
        string configured = machine.Must(Show);
        string chosen = machine.Must($$"""
            kill -s RTMIN+21 1; kill -s RTMIN+22 1; kill -s RTMIN+28 1; {{Kill}}; sleep 0.5; {{Kill}}; {{Show}}
            kill -s RTMIN+20 1; kill -s RTMIN+27 1; {{Kill}}; sleep 0.5; {{Kill}}; {{Show}}
            {{Set}} ServiceWatchdogs b false; {{Set}} RebootWatchdogUSec t 77000000; {{Set}} LogLevel s notice; {{Set}} LogTarget s journal; {{Kill}}; {{Show}}
            {{Set}} ServiceWatchdogs b true; {{Set}} RebootWatchdogUSec t 600000000; kill -s RTMIN+23 1; kill -s RTMIN+26 1; {{Kill}}; sleep 0.5; {{Kill}}; {{Show}}
            """);
        chosen.Should().Be("debug kmsg no 10min yes\n0\ndebug console yes 10min yes\n1\nnotice journal yes 1min 17s no\n1\n" + configured);
    }

    /// <summary>Lines of authentication that came twice would be taken for a message: clients that connect while managers die see nothing of it.</summary>
    [Fact]
    public void Who_connects_while_managers_are_killed_sees_nothing_of_it()
    {
        Machine machine = Shared();
        machine.Must($$"""
            touch /run/go; (while [ -e /run/go ]; do {{Kill}} 2>/dev/null; sleep 0.1$((RANDOM % 10)); done) & killer=$!
            for i in $(seq 25); do
                for j in 1 2 3 4 5; do (o=$(timeout 60 systemctl is-active cron 2>&1); [ "$o" = active ] || echo "$i: $o") & clients="$clients $!"; done
                for c in $clients; do wait $c; done; clients=
            done
            rm /run/go; wait $killer
            """, 240).Should().BeEmpty();
    }

    /// <summary>Whatever was asked of it is asked of the next one; one that dies again and again is started anew all the same.</summary>
    [Fact]
    public void A_killed_executor_fails_no_start_and_no_reload()
    {
        Machine machine = Shared();
        Write(machine, "spawned.service", "[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=exec\nExecStart=sleep 1000\n");
        machine.Must($$"""
            executor() { pgrep -of '^/usr/lib/sysmaster/sysmaster-executor'; }
            for i in $(seq 16); do
                kill -9 $(executor) 2>/dev/null; timeout 30 systemctl start spawned & sleep 0.00$((i % 10)); kill -9 $(executor) 2>/dev/null; [ $((i % 4)) != 0 ] || {{Kill}}
                wait $! || echo "start $i"; systemctl is-active -q spawned || echo "inactive $i"; systemctl stop spawned
            done
            for i in 1 2 3 4; do timeout 60 systemctl daemon-reload & sleep 0.0$i; kill -9 $(executor) 2>/dev/null; wait $! || echo "reload $i"; done
            """, 240).Should().BeEmpty();
    }

    [Fact]
    public void Directories_are_cleaned_although_the_manager_is_killed_over_it()
    {
        Machine machine = Shared();
        Write(machine, "cleaned.service", "[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=oneshot\nStateDirectory=cleaned\nCacheDirectory=cleaned\nExecStart=touch /var/lib/cleaned/x\n");
        machine.Must($$"""
            for i in $(seq 24); do
                systemctl start cleaned; timeout 30 systemctl clean --what=all cleaned & sleep 0.0$((i * 2 + 10)); {{Kill}}; wait $! || echo "clean $i"
                [ ! -e /var/lib/cleaned ] || echo "left $i"; [ "$(systemctl is-active cleaned)" = inactive ] || echo "state $i"
            done
            """, 240).Should().BeEmpty();
    }

    /// <summary>A manager that takes over tells init again what it has; killed over that, it must not leave a port that nobody has.</summary>
    [Fact]
    public void Killed_in_the_middle_of_a_recovery_ports_stay_open()
    {
        Machine machine = Shared();
        Write(machine, "ports.socket", "[Socket]\nListenStream=/run/ports/1\nListenStream=/run/ports/2\nListenFIFO=/run/ports/3\n");
        Write(machine, "ports.service", "[Service]\nExecStart=sleep 1000\n");
        string before = machine.Must("systemctl start ports.socket; stat -c %i /run/ports/* /run/dbus/system_bus_socket; systemctl start ports");
        machine.Must($$"""
            for i in $(seq 40); do {{Kill}}; sleep 0.0$((10 + i)); {{Kill}} 2>/dev/null; sleep 0.0$((RANDOM % 40 + 10)); done; systemctl is-active ports.socket
            stat -c %i /run/ports/* /run/dbus/system_bus_socket
            """, 120).Should().Be("active\n" + before);
        machine.Must("systemctl stop ports.socket ports");
    }

    /// <summary>It lies read, or unread, with a manager that is killed before it acts (a tracer holds it there).</summary>
    [Fact]
    public void A_signal_to_PID_1_outlives_the_manager_it_was_told_to()
    {
        Machine machine = Shared();
        Write(machine, "ctrl-alt-del.target", "[Unit]\nWants=pressed.service\nAfter=pressed.service\n");
        Write(machine, "pressed.service", "[Service]\nType=oneshot\nExecStart=sh -c 'echo pressed >>/run/pressed'\n");
        machine.Must($$"""
            for i in 1 2 3; do
                perl -e '$p = 0 + shift; syscall(`uname -m` =~ /x86/ ? 101 : 117, 16, $p, 0, 0) == 0 or die $!; waitpid $p, 0; kill INT => 1; select undef, undef, undef, 0.2; kill KILL => $p; waitpid $p, 0' $({{Core}})
                for j in $(seq 100); do [ "$(grep -c . /run/pressed 2>/dev/null)" = $i ] && break; sleep 0.1; done
                for j in $(seq 100); do systemctl is-active -q ctrl-alt-del.target && break; sleep 0.1; done; systemctl stop ctrl-alt-del.target
            done
            """, 90);
        machine.Must("grep -c pressed /run/pressed; rm /run/systemd/system/ctrl-alt-del.target; systemctl daemon-reload").Should().Be("3");
    }

    /// <summary>Each start hears of its end: the child fails before, while or after its executor says its PID, as the machine has time for them.</summary>
    [Fact]
    public void Starts_that_fail_at_once_all_end_however_little_processor_there_is()
    {
        Machine machine = Shared();
        Write(machine, "absent@.service", "[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=exec\nExecStart=/run/absent\n");
        Write(machine, "nobody@.service", "[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=exec\nUser=nobody-of-that-name\nExecStart=true\n");
        int rounds = Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1" ? 500 : 15;
        machine.Must($$"""
            core=$({{Core}}); executor=$(pgrep -f '^/usr/lib/sysmaster/sysmaster-executor'); for p in $core $executor; do taskset -apc 0 $p >/dev/null; done
            for i in 1 2 3 4 5 6; do taskset -c 0 sh -c 'while :; do :; done' & busy="$busy $!"; done
            for k in 1 2 3 4 5 6; do
                (for i in $(seq {{rounds}}); do for u in absent nobody; do timeout 60 systemctl start $u@$k >/dev/null 2>&1; [ $? = 1 ] || { echo "$u@$k $i"; exit 1; }; done; done) & starts="$starts $!"
            done
            for s in $starts; do wait $s || bad=1; done
            kill $busy; for p in $core $executor; do taskset -apc 0-$(($(nproc --all) - 1)) $p >/dev/null; done
            systemctl reset-failed; exit ${bad:-0}
            """, 60 + (rounds * 20));
    }

    [Fact]
    public void A_manager_that_only_gets_no_cpu_time_is_not_taken_for_one_that_hangs()
    {
        Machine machine = Shared();
        string core = machine.Must(Core);
        machine.Must($"""
            taskset -apc 0 {core}; chrt -ap -i 0 {core}
            for i in 1 2 3 4; do taskset -c 0 sh -c 'while :; do :; done' & done
            begin=$SECONDS
            while [ $((SECONDS - begin)) -lt 12 ]; do busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager Reload; done
            kill $(jobs -p); chrt -ap -o 0 {core}; taskset -apc 0-$(($(nproc --all) - 1)) {core}
            """, 120);
        machine.Must(Core).Should().Be(core);
    }

    [Fact]
    public void What_init_starts_when_there_is_no_manager_to_start()
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        string cron = machine.Must("systemctl show -P MainPID cron");
        machine.Must($"cd /usr/lib/sysmaster && mkdir previous && cp sysmaster previous/ && chmod -x sysmaster && {Kill}");
        machine.Until("systemctl is-active cron", 20);
        machine.Must("readlink /proc/$(" + Core + ")/exe").Should().Be("/usr/lib/sysmaster/previous/sysmaster");

        // Neither: a shell on the console, PID 1 stays, and it goes on once there is a program again.
        machine.Must($"cd /usr/lib/sysmaster && mv previous gone && {Kill}");
        machine.Until(Shell, 60);
        machine.Must("cd /usr/lib/sysmaster && chmod +x sysmaster; kill -9 $(" + Shell + ")");
        machine.Until("systemctl is-active cron", 30);
        machine.Must("systemctl show -P MainPID cron").Should().Be(cron);
    }

    [Fact]
    public void A_manager_killed_again_and_again_keeps_its_machine()
    {
        Machine machine = Shared();
        string before = machine.Must("systemctl list-units --no-legend --plain --state=active | awk '{print $1, $4}' | grep -v session");
        string pids = machine.Must("systemctl show -P MainPID '*.service' | sort | uniq");
        int clients = int.Parse(machine.Must("ls /proc/1/fd | wc -l"));
        machine.Must($"for i in $(seq 20); do {Kill}; systemctl is-active cron >/dev/null || exit 1; done", 120);
        machine.Must("systemctl list-units --no-legend --plain --state=active | awk '{print $1, $4}' | grep -v session").Should().Be(before);
        machine.Must("systemctl show -P MainPID '*.service' | sort | uniq").Should().Be(pids);
        machine.Must("sleep 0.5; systemctl is-system-running");
        int.Parse(machine.Must("ls /proc/1/fd | wc -l")).Should().BeLessThanOrEqualTo(clients + 1, "init keeps no more than before");
    }

    /// <summary>As often as a client can ask for it, while units start, stop and are waited for.</summary>
    [Fact]
    public void Reexecuted_again_and_again_nobody_notices()
    {
        Machine machine = Shared();
        int seconds = Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1" ? 60 : 8;
        Write(machine, "slow2.service", "[Service]\nType=oneshot\nExecStart=sleep 4\n");
        string cron = machine.Must("systemctl show -P MainPID cron");
        string report = machine.Must($$"""
            (while [ ! -e /run/enough ]; do systemctl daemon-reexec || echo "reexec $?"; sleep 0.05; done) &
            (systemctl start slow2; echo "slow $?") &
            (systemd-run --pipe --wait -q sh -c 'sleep 3; exit 3'; echo "run $?") &
            end=$((SECONDS + {{seconds}})); n=0
            while [ $SECONDS -lt $end ]; do n=$((n + 1)); systemd-run --wait -q sh -c 'exit 5'; [ $? = 5 ] || echo "start $n: $?"; systemctl is-active -q cron || echo "active $n"; done
            touch /run/enough; wait; rm /run/enough; systemctl reset-failed
            """, seconds + 60);
        report.Split('\n').Should().BeEquivalentTo("slow 0", "run 3");
        machine.Must("systemctl show -P MainPID cron; systemctl is-system-running").Should().Be(cron + "\nrunning");
    }

    /// <summary>State and descriptors lie with init: they need no file.</summary>
    [Theory]
    [InlineData("mount -o remount,size=$(( $(du -sk /run | cut -f1) + 512 ))k /run; dd if=/dev/zero of=/run/fill bs=4k 2>/dev/null", "rm /run/fill; mount -o remount,size=20% /run", "No space left on device")]
    [InlineData("mount --bind /run /run && mount -o remount,bind,ro /run", "umount /run", "Read-only file system")]
    public void Without_room_in_run_the_manager_can_still_be_killed(string take, string give, string error)
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        Write(machine, "plain.service", "[Service]\nExecStart=sleep 1000\n");
        string cron = machine.Must("systemctl show -P MainPID cron");
        machine.Must(take + "; true");

        machine.Must($"{Kill}; systemctl is-active cron; systemctl start plain; {Kill}; systemctl is-active plain");
        machine.Must("systemctl show -P MainPID cron").Should().Be(cron);
        Outcome refused = machine.Exec("systemd-run --wait -q true");
        refused.Code.Should().NotBe(0);
        refused.ToString().Should().Contain(error);
        machine.Must("systemctl stop plain; systemctl is-active plain || true").Should().Be("inactive");

        machine.Must(give);
        machine.Must("systemd-run --wait -q true; systemctl is-active cron").Should().Be("active");
    }

    /// <summary>
    /// What it asks the kernel for is refused from now on: it ends, or hangs in a runtime that waits for memory and is ended by init, and the next
    /// one, which may have some, goes on.
    /// </summary>
    [Fact]
    public void A_manager_that_gets_no_memory_is_followed_by_one_that_does()
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        Write(machine, "many@.service", "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=true\n");
        string cron = machine.Must("systemctl show -P MainPID cron");
        machine.Must($$"""
            for i in 1 2 3; do
                core=$({{Core}}); prlimit --pid $core --data=$(($(awk '/^VmData/ { print $2 }' /proc/$core/status) * 1024 + 65536))
                timeout 60 systemctl start $(seq -f "many@$i-%g.service" 300) || echo "start $i"
            done
            systemctl show -P ActiveState 'many@*' | grep . | sort | uniq -c | sed 's/^ *//'
            """, 240).Should().Be("900 active");
        machine.Must("systemctl show -P MainPID cron; systemctl is-system-running").Should().Be(cron + "\nrunning");
        machine.Must("sctl recovery").Should().MatchRegex("the last one (was ended by signal 6|hung)");
    }

    [Fact]
    public void What_a_unit_did_and_why_is_known_after_a_kill()
    {
        Machine machine = Shared();
        Write(machine, "told.service", "[Service]\nExecStart=sh -c 'sleep 0.2; exit 7'\n");
        machine.Must("systemctl start told; sleep 1; " + Kill + "; systemctl is-active cron");
        string history = machine.Must("sctl history told; systemctl reset-failed");
        history.Should().MatchRegex("inactive → active .running. +start job [0-9]+ by uid 0 pid [0-9]+")
            .And.MatchRegex("PID [0-9]+ exited with status 7");
        machine.Must("sctl history --json told | perl -MJSON::PP -e 'print scalar @{decode_json(join \"\", <>)}'").Should().MatchRegex("^[2-9]$");
    }

    /// <summary>A package script marks, its transaction's end acts: the manager may have been another one in between.</summary>
    [Fact]
    public void What_a_unit_was_marked_for_outlives_a_kill()
    {
        Machine machine = Shared();
        Write(machine, "marked.service", "[Service]\nExecStart=sleep infinity\nExecReload=true\n");
        const string Show = "systemctl show -P Markers marked";
        machine.Must($$"""
            systemctl start marked; before=$(systemctl show -P MainPID marked)
            systemctl set-property marked Markers=+needs-reload; systemctl set-property marked Markers=+needs-restart; {{Kill}}; {{Show}}
            systemctl reload marked; {{Kill}}; {{Show}}
            systemctl reload-or-restart --marked; {{Show}}; [ "$(systemctl show -P MainPID marked)" != "$before" ] && echo another
            systemctl stop marked
            """).Should().Be("needs-reload needs-restart\nneeds-restart\n\nanother");
    }

    /// <summary>What was taken out again, and what hung up, does not come back with the next manager; what stayed has its name.</summary>
    [Fact]
    public void Descriptors_that_a_service_stored_outlive_a_kill_and_those_that_went_do_not()
    {
        Machine machine = Shared();
        machine.Must("""
            cat >/run/store <<'EOF'
            #!/usr/bin/perl
            use Socket;
            my ($name, $file) = @ARGV;
            socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die;
            connect($s, pack_sockaddr_un($ENV{NOTIFY_SOCKET})) or die;
            my ($f, $other);
            if ($file) { open($f, '+>>', $file) or die } else { socketpair($f, $other, AF_UNIX, SOCK_STREAM, 0) or die }
            my $text = "FDSTORE=1\nFDNAME=$name";
            my $iov = pack('P Q', $text, length $text);
            my $control = pack('Q i i i x4', 20, 1, 1, fileno $f);
            my $message = pack('Q L x4 P Q P Q i x4', 0, 0, $iov, 1, $control, length $control, 0);
            syscall(46, fileno $s, $message, 0) >= 0 or die "sendmsg: $!";
            EOF
            chmod +x /run/store
            """);
        Write(machine, "keeper.service", """
            [Service]
            NotifyAccess=all
            FileDescriptorStoreMax=10
            ExecStart=sh -c 'echo "$${LISTEN_FDNAMES-none}" >/run/keeper; exec sleep infinity'
            ExecReload=/run/store a /run/f1
            ExecReload=/run/store hangs-up
            ExecReload=/run/store b /run/f2
            ExecReload=/run/store c /run/f3
            ExecReload=systemd-notify FDSTOREREMOVE=1 FDNAME=b
            ExecReload=/run/store d /run/f4

            """);

        machine.Must("systemctl start keeper; systemctl reload keeper; sleep 1; systemctl show -P NFileDescriptorStore keeper").Should().Be("3");
        machine.Must(Kill + "; systemctl show -P NFileDescriptorStore keeper").Should().Be("3");
        machine.Must("systemctl restart keeper; sleep 1; cat /run/keeper; systemctl stop keeper").Should().Be("d:c:a");
    }

    private Machine Shared() => containers.Get("sysmaster", "minimal");

    private static void Write(Machine machine, string name, string text) =>
        machine.Must($"mkdir -p /run/systemd/system && cat >/run/systemd/system/{name} <<'EOF'\n{text}EOF\nsystemctl daemon-reload");
}
