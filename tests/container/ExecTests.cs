using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>
/// Execution settings, one by one: the units of `exec/cases` run under real systemd and beside it under the provider, in one container each,
/// and what their processes saw (`exec/probe`: environment, identity, limits, mounts, namespaces, descriptors …) and what the manager
/// logged and shows of them must be the same.
/// </summary>
public sealed partial class ExecTests(ExecTests.Transcripts transcripts) : IClassFixture<ExecTests.Transcripts>
{
    private static readonly string s_folder = Path.Combine(Shell.Root, "tests", "container", "exec");

    /// <summary>Every case with every provider that is switched on for it.</summary>
    public static IEnumerable<object[]> Cases() =>
        from provider in Providers.For($"{nameof(ExecTests)}.{nameof(A_process_sees_what_it_sees_under_systemd)}")
        from line in File.ReadLines(Path.Combine(s_folder, "cases"))
        where line.StartsWith("## ", StringComparison.Ordinal)
        select new[] { provider[0], line[3..] };

    [Theory, MemberData(nameof(Cases))]
    public void A_process_sees_what_it_sees_under_systemd(string provider, string name)
    {
        string[] reference = Comparable(name, transcripts.Of("systemd", name));
        reference.Should().Contain(line => line.StartsWith("show Result=", StringComparison.Ordinal), "the reference must have run");

        string[] seen = Comparable(name, transcripts.Of(provider, name));

        string[] missing = [.. Without(reference, seen)], surplus = [.. Without(seen, reference)];
        (missing.Length + surplus.Length).Should().Be(0, "only systemd has:\n{0}\nonly {1} has:\n{2}\n", string.Join('\n', missing), provider, string.Join('\n', surplus));
    }

    [Theory, EachProvider]
    public void A_dynamic_user_is_known_by_name_and_number_until_its_last_process_is_gone(string provider)
    {
        Machine machine = transcripts.Machine(provider);
        machine.Must("systemd-run --quiet -p DynamicUser=yes -p User=wavering --unit=wavering sleep 1000");
        string id = machine.Must("busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager LookupDynamicUserByName s wavering")[2..];
        int.Parse(id, CultureInfo.InvariantCulture).Should().BeInRange(61184, 65519);
        machine.Must($"busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager LookupDynamicUserByUID u {id}").Should().Be("s \"wavering\"");
        machine.Must("ps -o uid= -p $(systemctl show -P MainPID wavering)").Trim().Should().Be(id);
        string files = machine.Must($"cat /run/systemd/dynamic-uid/{id}; readlink /run/systemd/dynamic-uid/direct:{id} /run/systemd/dynamic-uid/direct:wavering; stat -c %a /run/systemd/dynamic-uid/{id}");
        files.Should().Be($"wavering\nwavering\n{id}\n600");

        machine.Must("systemctl daemon-reexec");
        machine.Until("systemctl is-active wavering", 10);
        machine.Must("busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager GetDynamicUsers").Should().Contain($"{id} \"wavering\"");

        machine.Must("systemctl stop wavering");
        machine.Must("busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager GetDynamicUsers").Should().NotContain("wavering");
        machine.Exec($"test -e /run/systemd/dynamic-uid/{id}").Code.Should().Be(1);
    }

    /// <summary>systemd 252 does not know the setting, and 257 cannot mount its credentials in a container: the manual's words are the reference.</summary>
    [Theory, EachProvider]
    public void Credentials_are_imported_by_name_and_by_pattern(string provider)
    {
        Machine machine = transcripts.Machine(provider);
        machine.Must("""
            mkdir -p /etc/credstore /run/credstore /usr/lib/credstore /usr/local/lib/credstore
            echo etc >/etc/credstore/im.one; echo run >/run/credstore/im.one; echo two >/run/credstore/im.two
            echo three >/usr/lib/credstore/im.three; echo other >/usr/local/lib/credstore/im-other; ln -s /nowhere /etc/credstore/broken.link
            cat >/run/systemd/system/importing.service <<'X'
            [Service]
            Type=oneshot
            User=daemon
            ImportCredential=im.*
            ImportCredential=im-other
            ImportCredential=im.*
            ImportCredential=bad?x
            ImportCredential=*bad
            SetCredential=im.two:set
            SetCredential=im.four:four
            LoadCredential=im.three:/etc/debian_version
            ExecStart=sh -c 'cd "$$CREDENTIALS_DIRECTORY" && stat -c "%%n %%a %%U" * && cat im.one im.two im-other im.four && cmp im.three /etc/debian_version'
            X
            printf '[Service]\nType=oneshot\nImportCredential=%s\nExecStart=sh -c "echo $$CREDENTIALS_DIRECTORY; test ! -e $$CREDENTIALS_DIRECTORY"\n' 'nothing.*' >/run/systemd/system/importing-none.service
            printf '[Service]\nType=oneshot\nImportCredential=%s\nExecStart=true\n' 'broken.*' >/run/systemd/system/importing-broken.service
            systemctl daemon-reload
            """);
        string Said(string unit) => machine.Must($"systemctl start {unit}; journalctl --sync; journalctl -b -o cat _SYSTEMD_UNIT={unit}.service | grep -v '^importing'");

        machine.Must("systemctl show -P ImportCredential importing").Should().Be("\"im.*\" im-other");
        string[] files = ["im-other", "im.four", "im.one", "im.three", "im.two"];
        Said("importing").Should().Be(string.Join('\n', files.Select(f => $"{f} 400 daemon")) + "\netc\ntwo\nother\nfour");
        Said("importing-none").Should().Be("/run/credentials/importing-none.service");
        machine.Exec("systemctl start importing-broken").Code.Should().Be(1);
        machine.Must("systemctl show -P ExecMainStatus importing-broken").Should().Be("243");
        machine.Must("journalctl -b -o cat -u importing").Should().Contain("/run/systemd/system/importing.service:7: Credential name or glob \"bad?x\" not valid, ignoring.")
            .And.Contain("Credential name or glob \"*bad\" not valid, ignoring.");
    }

    [Theory, EachProvider]
    public void Programs_learn_the_name_of_a_dynamic_user_by_varlink(string provider)
    {
        Machine machine = transcripts.Machine(provider);
        machine.Must("systemd-run --quiet -p DynamicUser=yes -p User=veering --unit=veering sleep 1000");
        string id = machine.Must("busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager LookupDynamicUserByName s veering")[2..];
        string Ask(string method, string parameters) => machine.Must($$"""
            perl -MIO::Socket::UNIX -e '
                my $s = IO::Socket::UNIX->new(Peer => "/run/systemd/userdb/io.systemd.DynamicUser") or die "connect: $!";
                syswrite $s, $ARGV[0] . "\0"; my $in = ""; until ($in =~ s/\0//) { sysread($s, $in, 4096, length $in) or do { print "cut off"; last } } print $in
            ' '{"method":"{{method}}","parameters":{{parameters}}}'
            """);
        string user = $$$$"""{"parameters":{"record":{"userName":"veering","uid":{{{{id}}}},"gid":{{{{id}}}},"realName":"Dynamic User","homeDirectory":"/","shell":"/usr/sbin/nologin","locked":true,"service":"io.systemd.DynamicUser","disposition":"dynamic"}}}""";
        const string Service = "\"service\":\"io.systemd.DynamicUser\"";

        Ask("io.systemd.UserDatabase.GetUserRecord", $$"""{"userName":"veering",{{Service}}}""").Should().Be(user);
        Ask("io.systemd.UserDatabase.GetUserRecord", $$"""{"uid":{{id}},{{Service}}}""").Should().Be(user);
        Ask("io.systemd.UserDatabase.GetGroupRecord", $$"""{"gid":{{id}},{{Service}}}""").Should()
            .Be($$$$"""{"parameters":{"record":{"groupName":"veering","description":"Dynamic Group","gid":{{{{id}}}},"service":"io.systemd.DynamicUser","disposition":"dynamic"}}}""");
        Ask("io.systemd.UserDatabase.GetUserRecord", $$"""{"uid":{{id}},"userName":"other",{{Service}}}""").Should()
            .Be("""{"error":"io.systemd.UserDatabase.ConflictingRecordFound","parameters":{}}""");
        Ask("io.systemd.UserDatabase.GetUserRecord", $$"""{"userName":"nobody-here",{{Service}}}""").Should().Be("""{"error":"io.systemd.UserDatabase.NoRecordFound","parameters":{}}""");
        Ask("io.systemd.UserDatabase.GetMemberships", $$"""{"userName":"veering",{{Service}}}""").Should().Be("""{"error":"io.systemd.UserDatabase.NoRecordFound","parameters":{}}""");
        Ask("io.systemd.UserDatabase.GetUserRecord", """{"userName":"veering"}""").Should().Be("""{"error":"io.systemd.UserDatabase.BadService","parameters":{}}""");
        Ask("io.systemd.UserDatabase.GetUserRecord", """{"colour":"red"}""").Should().Be("""{"error":"io.systemd.System","parameters":{"errno":99}}""");
        Ask("io.systemd.UserDatabase.Nothing", "{}").Should().Be("""{"error":"org.varlink.service.MethodNotFound","parameters":{"method":"io.systemd.UserDatabase.Nothing"}}""");
        Ask("io.systemd.UserDatabase.GetUserRecord", "[]").Should().Be("cut off");

        machine.Must("systemctl daemon-reexec");
        machine.Until("systemctl is-active veering", 10);
        Ask("io.systemd.UserDatabase.GetUserRecord", $$"""{"userName":"veering",{{Service}}}""").Should().Be(user);
        machine.Must("systemctl stop veering");
        Ask("io.systemd.UserDatabase.GetUserRecord", $$"""{"userName":"veering",{{Service}}}""").Should().Contain("NoRecordFound");
    }

    [Theory, EachProvider]
    public void Clean_removes_what_is_asked_for_and_refuses_the_rest(string provider)
    {
        Machine machine = transcripts.Machine(provider);
        machine.Must("""
            cd /etc/systemd/system
            printf '[Service]\nType=oneshot\nExecStart=true\nStateDirectory=soiled\nCacheDirectory=soiled\nLogsDirectory=soiled\nConfigurationDirectory=soiled\nRuntimeDirectory=soiled\nRuntimeDirectoryPreserve=yes\n' >soiled.service
            printf '[Socket]\nListenStream=/run/soiled-socket\nStateDirectory=soiled-socket\nService=soiled.service\n' >soiled-socket.socket
            printf '[Timer]\nOnCalendar=yearly\nPersistent=yes\nUnit=soiled.service\n' >soiled-timer.timer
            printf '[Mount]\nWhat=tmpfs\nWhere=/srv/soiled\nType=tmpfs\nCacheDirectory=soiled-mount\n' >srv-soiled.mount
            systemctl daemon-reload && systemctl start soiled soiled-timer.timer soiled-socket.socket srv-soiled.mount
            mkdir -p /var/lib/soiled-socket /var/cache/soiled-mount
            """);
        machine.Must("systemctl show -P CanClean soiled").Should().Be("runtime state cache logs configuration");
        machine.Must("systemctl show -P CanClean soiled-timer.timer").Should().Be("state");
        machine.Exec("systemctl clean soiled-timer.timer --what=state").Code.Should().Be(1, "it is active");
        machine.Must("ls -d /run/soiled /var/lib/soiled /var/cache/soiled /var/log/soiled /etc/soiled | wc -l").Should().Be("5");

        machine.Must("systemctl clean soiled");
        machine.Must("ls -d /run/soiled /var/lib/soiled /var/cache/soiled /var/log/soiled /etc/soiled 2>/dev/null; true").Should().Be("/etc/soiled\n/var/lib/soiled\n/var/log/soiled");
        machine.Must("systemctl clean soiled --what=state,logs");
        machine.Must("ls -d /var/lib/soiled /var/log/soiled /etc/soiled 2>/dev/null; true").Should().Be("/etc/soiled");
        machine.Must("systemctl clean soiled --what=all");
        machine.Exec("ls -d /etc/soiled").Code.Should().Be(2);
        machine.Must("systemctl show -P ActiveState -P CleanResult soiled").Should().Be("success\ninactive");

        machine.Must("systemctl stop soiled-timer.timer soiled-socket.socket srv-soiled.mount");
        machine.Must("test -e /var/lib/systemd/timers/stamp-soiled-timer.timer && systemctl clean soiled-timer.timer --what=state");
        machine.Exec("test -e /var/lib/systemd/timers/stamp-soiled-timer.timer").Code.Should().Be(1);
        machine.Must("systemctl clean soiled-socket.socket --what=state && systemctl clean srv-soiled.mount --what=cache");
        machine.Exec("ls -d /var/lib/soiled-socket /var/cache/soiled-mount").Code.Should().Be(2);
        Outcome nothing = machine.Exec("systemctl clean cron.service --what=state; systemctl clean basic.target");
        nothing.Code.Should().Be(1);
        nothing.Errors.Should().Contain("cron.service").And.Contain("basic.target");
    }

    [Theory, EachProvider]
    public void An_idle_service_waits_for_the_jobs_to_end_but_not_for_ever(string provider)
    {
        Machine machine = transcripts.Machine(provider);
        machine.Must("""
            cd /etc/systemd/system
            printf '[Service]\nType=idle\nExecStart=/bin/sh -c "date +%%%%s%%%%N >/run/idle-ran"\n' >waits-idle.service
            printf '[Service]\nType=oneshot\nExecStart=sleep 2\n' >busy-short.service
            printf '[Service]\nType=oneshot\nExecStart=sleep 9\n' >busy-long.service
            systemctl daemon-reload
            """);
        double Waited(string busy) => double.Parse(machine.Must($$"""
            rm -f /run/idle-ran; systemctl start --no-block {{busy}}; a=$(date +%s%N); systemctl start waits-idle
            until [ -s /run/idle-ran ]; do sleep 0.05; done; echo $((($(cat /run/idle-ran) - a) / 1000000))
            """), CultureInfo.InvariantCulture) / 1000;

        Waited("busy-short").Should().BeInRange(1, 4.8, "the jobs are over after two seconds");
        Waited("busy-long").Should().BeInRange(4.5, 8.5, "five seconds are enough");
        machine.Must("systemctl stop busy-long");
    }

    // systemd itself cannot keep credentials in this container: it mounts them where the service may not look. In the VM it does as we do.
    [Fact]
    public void What_systemd_creds_has_encrypted_arrives_in_plain_under_its_own_name_only()
    {
        Machine machine = transcripts.Machine("sysmaster");
        machine.Must("""
            systemd-creds setup 2>/dev/null; mkdir -p /run/secrets /etc/credstore.encrypted
            encrypt() { printf %s "$2" | systemd-creds --with-key=host --name="$1" encrypt - "$3" 2>/dev/null; }
            encrypt one first /run/secrets/one; encrypt all_a third /run/secrets/a; encrypt kept second /etc/credstore.encrypted/kept
            printf '[Service]\nType=oneshot\nRemainAfterExit=yes\nUser=daemon\nLoadCredentialEncrypted=one:/run/secrets/one\nLoadCredentialEncrypted=kept\nSetCredentialEncrypted=set:%s\nExecStart=true\n' "$(encrypt set fourth - | tr -d '\n')" >/etc/systemd/system/secrets.service
            printf '[Service]\nType=oneshot\nLoadCredentialEncrypted=other:/run/secrets/one\nExecStart=true\n' >/etc/systemd/system/other-name.service
            printf '[Service]\nType=oneshot\nLoadCredentialEncrypted=one:/etc/passwd\nExecStart=true\n' >/etc/systemd/system/no-secret.service
            printf '[Service]\nType=oneshot\nRemainAfterExit=yes\nImportCredential=kep*\nExecStart=true\n' >/etc/systemd/system/imports.service
            systemctl daemon-reload && systemctl start secrets imports; systemctl start other-name no-secret 2>/dev/null; true
            """);

        machine.Must("cd /run/credentials/secrets.service && for f in *; do echo $f $(stat -c '%a %U' $f) $(cat $f); done").Should().Be("kept 400 daemon second\none 400 daemon first\nset 400 daemon fourth");
        machine.Must("cat /run/credentials/imports.service/kept").Should().Be("second");
        machine.Must("for u in other-name no-secret; do systemctl show -P ExecMainStatus $u; done").Should().Be("243\n243");
    }

    [Fact]
    public void A_setting_without_effect_is_said_once_with_file_and_line_and_nothing_else_changes()
    {
        Machine machine = transcripts.Machine("sysmaster");
        machine.Must("""
            mkdir -p /etc/systemd/system/ineffective.service.d
            printf '[Unit]\nDescription=kept\n[Service]\nType=oneshot\nExecStart=true\nRootEphemeral=no\nNFTSet=\nNFTSet=cgroup:inet:a:b\nBPFProgram=\n' >/etc/systemd/system/ineffective.service
            printf '[Service]\nRestrictFileSystems=ext4\nDeviceAllow=/dev/null\n' >/etc/systemd/system/ineffective.service.d/10-more.conf
            systemctl daemon-reload && systemctl start ineffective
            """);

        machine.Must("journalctl --sync; journalctl -b -o cat --no-pager | grep ineffective.service | grep 'no effect'").Split('\n').Should().BeEquivalentTo(
        [
            "/etc/systemd/system/ineffective.service:8: NFTSet= is known but has no effect with this manager, ignoring.",
            "/etc/systemd/system/ineffective.service.d/10-more.conf:2: RestrictFileSystems= is known but has no effect with this manager, ignoring.",
        ]);
        machine.Must("systemctl show -P Description ineffective; systemctl show -P Result ineffective").Should().Be("kept\nsuccess");
    }

    /// <summary>Without the lines that `exec/deviations` takes out, with a reason each.</summary>
    private static string[] Comparable(string name, string[] lines)
    {
        foreach (string[] deviation in File.ReadLines(Path.Combine(s_folder, "deviations")).Where(line => line[0] != '#').Select(line => line.Split('\t')))
        {
            if (Regex.IsMatch(name, $"^({deviation[0]})$")) { lines = [.. lines.Where(line => !Regex.IsMatch(line, deviation[1]))]; }
        }
        return lines;
    }

    private static IEnumerable<string> Without(IEnumerable<string> from, IEnumerable<string> taken)
    {
        Dictionary<string, int> counts = taken.GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
        foreach (string line in from)
        {
            int left = counts.GetValueOrDefault(line);
            if (left == 0) { yield return line; }
            else { counts[line] = left - 1; }
        }
    }

    /// <summary>The run of all cases under one manager, made when first asked for.</summary>
    public sealed partial class Transcripts : IDisposable
    {
        private readonly Containers _containers = new();
        private readonly ConcurrentDictionary<string, Lazy<Dictionary<string, string[]>>> _runs = [];

        public Machine Machine(string provider) => _containers.Get(provider, "minimal");

        public string[] Of(string provider, string name)
        {
            // The one that will be compared with it runs meanwhile.
            if (provider == "systemd" && Cases().Any(row => (string)row[0] == "sysmaster")) { _ = Task.Run(() => Run("sysmaster").Value); }
            return Run(provider).Value.GetValueOrDefault(name, []);
        }

        private Lazy<Dictionary<string, string[]>> Run(string provider) => _runs.GetOrAdd(provider, p => new(() => Start(p)));

        private Dictionary<string, string[]> Start(string provider)
        {
            Machine machine = Machine(provider);
            foreach (string file in Directory.GetFiles(s_folder))
            {
                string path = $"/probe/{Path.GetFileName(file)}";
                machine.Must($"mkdir -p /probe && base64 -d >{path} <<'END' && chmod 755 {path}\n{Convert.ToBase64String(File.ReadAllBytes(file), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n")}\nEND\n");
            }
            var cases = new Dictionary<string, string[]>(StringComparer.Ordinal);
            string text = machine.Must("/probe/drive", 180);
            foreach (string part in text.Split("\n## ", StringSplitOptions.RemoveEmptyEntries))
            {
                string[] lines = part.Split('\n');
                string name = lines[0].TrimStart('#', ' ');
                cases[name] = [.. lines.Skip(1).Select(line => Plain(line, machine.Name))];
            }
            return cases;
        }

        /// <summary>Without what two containers differ in: their names, numbers of namespaces, and where systemd builds a new root.</summary>
        private static string Plain(string line, string machine) =>
            NamespaceNumber().Replace(line.Replace(machine, "HOST", StringComparison.Ordinal).Replace("/run/systemd/unit-root", "", StringComparison.Ordinal), "$1:[]");

        [GeneratedRegex(@"\b(ipc|net|mnt|uts):\[\w+\]")]
        private static partial Regex NamespaceNumber();

        public void Dispose() => _containers.Dispose();
    }
}
