using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>Input that no manager asked for: each is refused with words that name its source, and nothing running is lost.</summary>
public sealed class BadInputTests(Containers containers) : IClassFixture<Containers>
{
    [Theory, EachProvider]
    public void A_bad_line_is_named_with_file_and_line_and_the_rest_is_loaded(string provider)
    {
        Machine machine = With(provider, "bad-line.service", "[Unit]\nDescription=kept\nNoSuchDirective=1\n[Service]\nTimeoutStartSec=banana\nExecStart=/bin/true\nType=oneshot\n");
        machine.Must("systemctl start bad-line && systemctl show -P Description bad-line").Should().Be("kept");
        machine.Until("journalctl -b --no-pager -o cat | grep -q 'bad-line.service:3:.*NoSuchDirective'", 10);
        machine.Until("journalctl -b --no-pager -o cat | grep -q 'bad-line.service:5:.*banana'", 10);
        StillWell(machine);
    }

    [Theory, EachProvider]
    public void Binary_empty_and_endless_unit_files_are_survived(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("""
            cd /run/systemd/system 2>/dev/null || { mkdir -p /run/systemd/system && cd /run/systemd/system; }
            head -c 65536 /dev/urandom >noise.service
            : >empty.service
            { echo '[Service]'; printf 'ExecStart=/bin/echo '; head -c 3000000 /dev/zero | tr '\0' a; echo; } >endless.service
            { echo '[Service]'; yes 'Environment=A=b \' | head -n 200000; } >continued.service
            printf '[Service]\nExecStart=/bin/true\n\0\0\0' >nul.service
            systemctl daemon-reload
            """, 120);
        foreach (string unit in new[] { "noise", "empty", "endless", "continued" })
            machine.Exec($"systemctl start {unit}", 60).Code.Should().NotBe(0, "{0} holds nothing that can be started", unit);
        StillWell(machine);
        machine.Must("cd /run/systemd/system && rm noise.service empty.service endless.service continued.service nul.service && systemctl daemon-reload && systemctl reset-failed", 60);
    }

    [Theory, EachProvider]
    public void A_unit_file_of_a_hundred_megabytes_stops_nothing(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("mkdir -p /run/systemd/system; { echo '[Service]'; yes '# a comment of a hundred megabytes' | head -c 104857600; } >/run/systemd/system/huge.service; systemctl daemon-reload", 120);
        machine.Exec("systemctl start huge", 120).Code.Should().NotBe(0);
        StillWell(machine);
        machine.Must("rm /run/systemd/system/huge.service && systemctl daemon-reload", 60);
    }

    [Theory, EachProvider]
    public void Links_and_drop_ins_in_a_circle_are_survived(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("""
            mkdir -p /run/systemd/system && cd /run/systemd/system
            ln -s loop-b.service loop-a.service; ln -s loop-a.service loop-b.service
            ln -s self.service self.service
            mkdir -p circle.service.d && ln -s ../circle.service.d circle.service.d/circle.conf
            printf '[Service]\nType=oneshot\nExecStart=/bin/true\n' >circle.service
            mkdir dir.service
            ln -s /nonexistent dangling.service
            systemctl daemon-reload
            """);
        foreach (string unit in new[] { "loop-a", "self", "dir", "dangling" })
            machine.Exec($"systemctl start {unit}").Code.Should().NotBe(0, "{0} is no unit file", unit);
        machine.Must("systemctl start circle");
        StillWell(machine);
        machine.Must("cd /run/systemd/system && rm -r loop-?.service self.service circle.service* dir.service dangling.service && systemctl daemon-reload");
    }

    [Theory, EachProvider]
    public void A_cycle_of_orders_is_broken_and_named(string provider)
    {
        Machine machine = With(provider, "cycle-a.service", "[Unit]\nAfter=cycle-b.service\nWants=cycle-b.service\n[Service]\nType=oneshot\nExecStart=/bin/true\n");
        Write(machine, "cycle-b.service", "[Unit]\nAfter=cycle-a.service\nWants=cycle-a.service\n[Service]\nType=oneshot\nExecStart=/bin/true\n");
        machine.Exec("systemctl start cycle-a", 30).Code.Should().NotBe(124, "a cycle must not wait for itself");
        machine.Until("journalctl -b --no-pager -o cat | grep -q 'cycle-[ab].service: Found ordering cycle'", 10);
        StillWell(machine);
    }

    [Theory, EachProvider]
    public void A_missing_program_fails_with_203(string provider)
    {
        Machine machine = With(provider, "missing.service", "[Service]\nExecStart=/nonexistent/program\n");
        machine.Exec("systemctl start missing");
        machine.Until("systemctl is-failed missing", 10);
        machine.Must("systemctl show -P ExecMainStatus missing").Should().Be("203");
        machine.Until("journalctl -u missing --no-pager -o cat | grep -q '/nonexistent/program'", 10);
        machine.Must("systemctl reset-failed missing");
    }

    [Theory, EachProvider]
    public void Notifications_from_a_stranger_are_not_believed(string provider)
    {
        Machine machine = With(provider, "waits.service", "[Service]\nType=notify\nNotifyAccess=main\nTimeoutStartSec=3s\nExecStart=sleep 1000\n");
        machine.Must("systemctl start --no-block waits");
        machine.Until("test \"$(systemctl show -P SubState waits)\" = start", 5);
        machine.Must("NOTIFY_SOCKET=/run/systemd/notify systemd-notify --ready || true");
        machine.Must("systemctl show -P SubState waits").Should().NotBe("running");
        machine.Until("systemctl is-failed waits", 20);
        machine.Must("systemctl show -P Result waits").Should().Be("timeout");
        machine.Must("systemctl reset-failed waits");
    }

    [Theory, EachProvider]
    public void Clients_that_send_rubbish_on_the_private_socket_are_dropped(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("""
            perl -MIO::Socket::UNIX -e '
                my @kept;
                for my $text ("\0", "\0AUTH EXTERNAL zz\r\n", "\0AUTH EXTERNAL 30\r\nBEGIN\r\n" . ("\xff" x 4096), "A" x 100000, "\0AUTH EXTERNAL 30\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\nl\1\0\1\xff\xff\xff\x7f\1\0\0\0\xff\xff\xff\x7f", "") {
                    for (1 .. 10) {
                        my $s = IO::Socket::UNIX->new(Peer => "/run/systemd/private") or die "connect: $!";
                        $SIG{PIPE} = "IGNORE";
                        print $s $text; $s->flush; push @kept, $s;
                    }
                }
                sleep 1;
                print "sent\n";'
            """, 60).Should().Be("sent");
        StillWell(machine);
    }

    /// <summary>Ours alone: systemd 252 refuses its hundredth private connection, whoever asks.</summary>
    [Fact]
    public void Slow_and_half_messages_hold_up_nobody()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        byte[] call = RawPeer.Call("GetUnit", "cron.service");
        var halves = new List<RawPeer>();
        for (int i = 0; i < 100; i++)
        {
            halves.Add(new RawPeer(machine));
            halves[i].Send(call.AsSpan(0, 30));
        }
        using (var slow = new RawPeer(machine))
        {
            foreach (byte b in call) { slow.Send([b]); }
            slow.Hears("cron_2eservice").Should().BeTrue("a message that comes byte by byte is a message");
        }
        halves[0].Send(call.AsSpan(30));
        halves[0].Hears("cron_2eservice").Should().BeTrue("the other half came late");
        foreach (RawPeer half in halves) { half.Dispose(); }
        using (var liar = new RawPeer(machine))
        {
            liar.Send(RawPeer.Call("GetUnit", "cron.service", claimedLength: 200 << 20));
            liar.IsHungUp().Should().BeTrue("no message has 200 MiB");
        }
        StillWell(machine);
    }

    /// <summary>Ours alone: systemd 252 answers nobody while one client is deaf.</summary>
    [Fact]
    public void A_client_that_never_reads_is_not_waited_for()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        using var deaf = new RawPeer(machine);
        deaf.Send(RawPeer.Call("Subscribe"));
        deaf.SendUntilRefused(RawPeer.Call("ListUnits"), 100_000, 1000).Should().BeLessThan(100_000, "what is owed to one client is bounded");
        using var other = new RawPeer(machine);
        other.Send(RawPeer.Call("GetUnit", "cron.service"));
        other.Hears("cron_2eservice").Should().BeTrue();
        StillWell(machine);
    }

    /// <summary>Ours alone: systemd 252 keeps what it owes for ever.</summary>
    [Fact]
    public void A_subscribed_client_that_never_reads_is_cut_off()
    {
        Machine machine = With("sysmaster", "noisy.service", "[Service]\nType=oneshot\nExecStart=true\n");
        using var deaf = new RawPeer(machine);
        deaf.Send(RawPeer.Call("Subscribe"));
        machine.Until("for i in $(seq 200); do systemctl start noisy; done; journalctl -b --no-pager -o cat _PID=1 | grep -q 'was closed: it does not read what it asked for'", 60);
        deaf.IsHungUp().Should().BeTrue();
        StillWell(machine);
    }

    /// <summary>Ours alone: systemd 252 refuses its hundredth private connection, whoever asks.</summary>
    [Fact]
    public void A_thousand_clients_at_once_are_all_answered()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        List<RawPeer> peers = [.. Enumerable.Range(0, 1000).Select(_ => new RawPeer(machine))];
        byte[] call = RawPeer.Call("GetUnit", "cron.service");
        foreach (RawPeer peer in peers) { peer.Send(call); }
        peers.Count(static peer => peer.Hears("cron_2eservice", 30000)).Should().Be(1000);
        machine.Must("systemctl is-active cron", 30).Should().Be("active");
        foreach (RawPeer peer in peers) { peer.Dispose(); }
        machine.Until("test $(ls /proc/1/fd | wc -l) -lt 500", 20);   // init keeps each connection
        StillWell(machine);
    }

    [Theory, EachProvider]
    public void Every_method_refuses_arguments_of_another_type(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        List<BusMemberFacts> members = Methods(provider);
        var wrong = members.SelectMany(m => Wrong(m.Input).Select(signature => (Member: m, Signature: signature))).ToList();
        IReadOnlyList<string> answers = BusRelay.Send(machine, "root", [.. wrong.Select(w => BusArguments.CallOf(w.Member with { Input = w.Signature }, w.Member.Path))]);
        foreach (((BusMemberFacts member, string signature), string answer) in wrong.Zip(answers))
        {
            string what = $"{member.Interface}.{member.Member}";
            answer.Should().Be($"org.freedesktop.DBus.Error.InvalidArgs: Invalid arguments '{signature}' to call {what}(), expecting '{member.Input}'.");
        }
        StillWell(machine);
    }

    [Theory, EachProvider]
    public void Texts_of_64_KiB_in_every_argument_are_refused_or_taken(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        foreach (string text in new[] { new string('a', 65536), new string('/', 65536), string.Concat(Enumerable.Repeat("a.service\n", 6500)), string.Concat(Enumerable.Repeat("[{*?\\", 13000)) })
        {
            List<BusMemberFacts> members = Methods(provider).FindAll(static m => m.Input.Contains('s', StringComparison.Ordinal));
            IReadOnlyList<string> answers = BusRelay.Send(machine, "root", [.. members.Select(m => BusArguments.CallOf(m, m.Path, text))]);
            members.Zip(answers).Where(static pair => pair.Second == "no answer").Select(static pair => pair.First.Member).Should().BeEmpty();
            StillWell(machine);
        }
        machine.Must("systemctl unset-environment $(systemctl show-environment | cut -d= -f1 | grep -v '^[A-Z_]*$') 2>/dev/null; systemctl daemon-reload");
    }

    /// <summary>The interfaces that both managers have, without what ends the machine.</summary>
    private static List<BusMemberFacts> Methods(string provider) => [.. BusMembers.All.Where(m => !m.IsSetter && m.Path != "{job}" && m.Interface.StartsWith("org.freedesktop.systemd1", StringComparison.Ordinal)
        && (provider == "sysmaster" || (!LaterMembers.Has(m.Member) && m.Member != "KillUnitSubgroup"))
        && m.Member is not ("Exit" or "Reboot" or "PowerOff" or "Halt" or "KExec" or "SwitchRoot" or "SoftReboot" or "Reexecute" or "ClearJobs"))];

    private static IEnumerable<string> Wrong(string input) => new[] { "", "s", "ss", "u", "as", "a{sv}", "sa(sv)", input + "s" }.Where(signature => signature != input && !signature.Contains('h', StringComparison.Ordinal)).Distinct();

    [Theory, EachProvider]
    public void A_generator_that_hangs_delays_the_reload_alone(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("""
            mkdir -p /run/systemd/system-generators
            printf '#!/bin/sh\nsleep 3\n' >/run/systemd/system-generators/hangs
            chmod +x /run/systemd/system-generators/hangs
            systemctl daemon-reload & sleep 0.3; systemctl restart cron; systemctl is-active cron; wait
            rm -r /run/systemd/system-generators; systemctl daemon-reload
            """).Should().Be("active");
        StillWell(machine);
    }

    [Theory, EachProvider]
    public void A_full_run_stops_no_service(string provider)
    {
        // One of its own: the real journald does not find back by itself.
        using Machine machine = Containers.Boot(provider, "minimal");
        machine.Must("""
            kib=$(df --output=used /run | tail -n 1)
            mount -o remount,size=$((kib + 512))k /run
            head -c 100M /dev/zero >/run/fill || true
            """);
        machine.Exec("systemctl restart cron && systemctl is-active cron").Text.Should().Be("active");
        machine.Exec("systemctl daemon-reload; systemctl daemon-reexec");
        machine.Exec("systemctl restart cron && systemctl is-active cron").Text.Should().Be("active");
        machine.Must("rm /run/fill; mount -o remount,size=1G /run; systemctl daemon-reload");
        StillWell(machine);
    }

    [Theory, EachProvider]
    public void A_generator_that_fails_or_prints_rubbish_stops_no_reload(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("""
            mkdir -p /run/systemd/system-generators
            printf '#!/bin/sh\nhead -c 1000000 /dev/urandom >"$1/rubbish.service"\nexit 7\n' >/run/systemd/system-generators/rubbish
            printf '#!/bin/sh\nkill -9 $$\n' >/run/systemd/system-generators/dies
            chmod +x /run/systemd/system-generators/*
            systemctl daemon-reload
            """);
        StillWell(machine);
        machine.Until("journalctl -b | grep -q 'system-generators/rubbish .*exit status 7' && journalctl -b | grep -q 'system-generators/dies .*KILL'", 10);
        machine.Must("rm -r /run/systemd/system-generators && systemctl daemon-reload");
    }

    private Machine With(string provider, string name, string text)
    {
        Machine machine = containers.Get(provider, "minimal");
        Write(machine, name, text);
        return machine;
    }

    private static void Write(Machine machine, string name, string text) =>
        machine.Must($"mkdir -p /run/systemd/system && cat >/run/systemd/system/{name} <<'EOF'\n{text}EOF\nsystemctl daemon-reload");

    private static void StillWell(Machine machine)
    {
        machine.Must("systemctl is-active cron ssh dbus systemd-logind systemd-journald").Split('\n').Should().AllBe("active");
        machine.Must("systemctl show -P NRestarts cron").Should().Be("0");
    }
}
