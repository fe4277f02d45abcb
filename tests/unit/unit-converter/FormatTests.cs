using SysMaster.UnitConverter.Formats;

namespace SysMaster.UnitConverter.Tests;

public sealed class FormatTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("converter-").FullName;

    public FormatTests()
    {
        Put("/etc/services", "ftp 21/tcp\ntftp 69/udp\n");
        Put("/etc/conf.d/orc", "ORC_OPTS=\"-v\"\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Inetd_lines_become_sockets()
    {
        Conversion c = Source.Convert("/etc/inetd.conf", """
            ftp stream tcp nowait root /usr/sbin/tcpd in.ftpd -l "%$x
            tftp dgram udp6 wait nobody.nogroup /usr/sbin/in.tftpd in.tftpd
            echo stream tcp nowait root internal
            nosuch stream tcp nowait root /bin/x x
            evil stream tcp nowait $(id) /bin/x x
            """, root: _root);

        c.Lines("ftp.socket", "ListenStream").Should().Equal("0.0.0.0:21");
        c.Lines("ftp.socket", "Accept").Should().Equal("yes");
        c.Lines("ftp@.service", "ExecStart").Should().Equal("-@/usr/sbin/tcpd in.ftpd -l \"\\\"%%$$x\"");
        c.Lines("tftp.socket", "ListenDatagram").Should().Equal("[::]:69");
        c.Lines("tftp.service", "User").Should().Equal("nobody");
        c.Lines("tftp.service", "Group").Should().Equal("nogroup");
        c.Notes.Where(n => n.Kind == NoteKind.Dropped).Select(n => n.Line).Should().Equal(3);
        c.Notes.Where(n => n.Kind == NoteKind.Error).Select(n => n.Line).Should().Equal(4, 5);
    }

    [Fact]
    public void A_limit_on_who_may_connect_is_never_dropped_in_silence()
    {
        Conversion c = Source.Convert("/etc/xinetd.d/x", """
            service ftp
            {
                socket_type = stream
                wait = no
                user = root
                server = /bin/x
                only_from = 10.0.0.0/8 friends.example
            }
            """, root: _root);

        c.Notes.Should().Contain(n => n.Kind == NoteKind.Error && n.Line == 7);
    }

    [Fact]
    public void Fstab_lines_become_what_the_generator_makes()
    {
        Conversion c = Source.Convert("/etc/fstab", """
            UUID=AbC /mnt/a\040b ext4 noatime 0 2
            LABEL=d /data xfs nofail,x-systemd.automount,x-systemd.idle-timeout=1min 0 0
            srv:/x /nfs nfs ro 0 0
            /dev/sdb2 none swap pri=5 0 0
            tmpfs /a/../b tmpfs defaults 0 0
            """);

        c.Lines("mnt-a\\x20b.mount", "Where").Should().Equal("/mnt/a b");
        c.Lines("mnt-a\\x20b.mount", "What").Should().Equal("/dev/disk/by-uuid/AbC");
        c.Lines("mnt-a\\x20b.mount", "Requires").Should().Equal("systemd-fsck@dev-disk-by\\x2duuid-AbC.service");
        c.Lines("data.automount", "TimeoutIdleSec").Should().Equal("1min");
        c.Lines("data.mount", "Options").Should().Equal("nofail");
        c.Lines("nfs.mount", "RequiredBy").Should().Equal("remote-fs.target");
        c.Lines("dev-sdb2.swap", "Priority").Should().Equal("5");
        c.Notes.Where(n => n.Kind == NoteKind.Error).Select(n => n.Line).Should().Equal(5);
    }

    [Fact]
    public void A_program_of_supervisord_is_never_given_to_a_shell()
    {
        Conversion c = Source.Convert("/etc/supervisor/conf.d/a.conf", """
            [program:web]
            command=/usr/bin/web --x="a b" $HOME `id` 100%%
            user=nobody
            environment=A="x,y",B=2
            numprocs=2
            [program:evil]
            command=/bin/x
            user=$(id)
            """);

        c.Lines("web@.service", "ExecStart").Should().Equal("/usr/bin/web \"--x=a b\" \"$$HOME\" \"`id`\" \"100%%\"");
        c.Lines("web@.service", "Environment").Should().Equal("A=x,y", "B=2");
        c.Units.Should().ContainSingle();
        c.Notes.Should().Contain(n => n.Kind == NoteKind.Error && n.Line == 8);
    }

    [Fact]
    public void A_job_of_upstart_keeps_its_scripts()
    {
        Conversion c = Source.Convert("/etc/init/job.conf", """
            start on runlevel [2345]
            respawn
            expect daemon
            pre-start script
              mkdir "$X" 100%
            end script
            exec /usr/sbin/job --x
            frobnicate now
            """);

        c.Lines("job.service", "ExecStartPre").Should().Equal("/bin/sh -ec \"  mkdir \\\"$$X\\\" 100%%\"");
        c.Lines("job.service", "ExecStart").Should().Equal("/usr/sbin/job --x");
        c.Lines("job.service", "Type").Should().Equal("forking");
        c.Notes.Should().Contain(n => n.Kind == NoteKind.Dropped && n.Line == 8);
    }

    [Fact]
    public void A_plain_OpenRC_script_becomes_native()
    {
        Conversion c = Source.Convert("/etc/init.d/orc", """
            #!/sbin/openrc-run
            command="/usr/bin/orc"
            command_args="--conf /etc/orc.conf ${ORC_OPTS}"
            command_background=yes
            command_user="nobody:nogroup"
            pidfile="/run/orc.pid"
            depend() {
                need net
                after firewall
            }
            start_pre() {
                checkpath -d -o nobody:nogroup -m 0755 /run/orc
            }
            """, root: _root);

        c.Lines("orc.service", "ExecStart").Should().Equal("/usr/bin/orc --conf /etc/orc.conf $ORC_OPTS");
        c.Lines("orc.service", "ExecStartPre").Should().Equal("+/usr/bin/install -d -o nobody -g nogroup -m 0755 /run/orc");
        c.Lines("orc.service", "After").Should().Equal("network-online.target", "firewall.service");
        c.Lines("orc.service", "EnvironmentFile").Should().Equal("-/etc/conf.d/orc");
    }

    [Fact]
    public void A_compose_service_is_run_by_its_engine()
    {
        Conversion c = Source.Convert("/srv/web/compose.yaml", """
            x: &c { restart: unless-stopped }
            services:
              web:
                <<: *c
                image: nginx
                ports: ["80:80"]
                volumes: ["./html:/html"]
                environment: { A: "1 $${B} %" }
                depends_on: [db]
                command: ["sh", "-c", "echo $$x"]
                frobnicate: true
              db: { build: . }
            """);

        c.Lines("web-web.service", "ExecStart").Should().Equal("/usr/bin/docker run --rm --name web-web --publish 80:80 --volume /srv/web/html:/html --env \"A=1 $${B} %%\" nginx sh -c \"echo $$x\"");
        c.Lines("web-web.service", "Restart").Should().Equal("always");
        c.Lines("web-web.service", "Requires").Should().Equal("docker.service", "web-db.service");
        c.Notes.Should().Contain(n => n.Kind == NoteKind.Dropped && n.Line == 11).And.Contain(n => n.Kind == NoteKind.Error && n.Line == 12);
    }

    [Fact]
    public void Yaml_that_names_itself_ends()
    {
        string bomb = "a: &a [x,x]\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(char)('b' + (i % 20))}{i}: &n{i} [*{(i == 0 ? "a" : "n" + (i - 1))}, *{(i == 0 ? "a" : "n" + (i - 1))}]\n")) + "services:\n  w: { image: x, command: *n39 }\n";

        Conversion c = Source.Convert("/srv/compose.yaml", bomb);

        c.Units.Should().ContainSingle();
        Source.Convert("/srv/compose.yaml", "services: &s\n  w: *s\n").Notes.Should().Contain(n => n.Kind == NoteKind.Error);
    }

    [Fact]
    public void A_unit_of_the_Rust_sysMaster_loses_its_quotes()
    {
        Conversion c = Source.Convert("/usr/lib/sysmaster/system/sshd.service", """
            [Unit]
            After="a.target;b.service"
            [Service]
            EnvironmentFile="-/etc/x;-/etc/y"
            ExecStart="/usr/sbin/sshd -D $OPTIONS"
            RestartSec=42
            Bogus="x"
            [Install]
            WantedBy="multi-user.target"
            """);

        c.Lines("sshd.service", "After").Should().Equal("a.target b.service");
        c.Lines("sshd.service", "EnvironmentFile").Should().Equal("-/etc/x", "-/etc/y");
        c.Lines("sshd.service", "ExecStart").Should().Equal("/usr/sbin/sshd -D $OPTIONS");
        c.Lines("sshd.service", "WantedBy").Should().Equal("multi-user.target");
        c.Notes.Should().Contain(n => n.Kind == NoteKind.Dropped && n.Line == 7);
    }

    [Fact]
    public void A_service_folder_runs_its_run()
    {
        Put("/etc/sv/x/run", "#!/bin/sh\nexec x\n");
        Put("/etc/sv/x/finish", "#!/bin/sh\n");
        Put("/etc/sv/x/down-signal", "HUP\n");
        Put("/etc/sv/x/dependencies.d/y", "");
        var c = new Conversion("/etc/sv/x", "runit");

        AllFormats.Folders[0].Recognises(_root + "/etc/sv/x").Should().BeTrue();
        AllFormats.Folders[0].Convert("/etc/sv/x", new Input.InputOptions { Root = _root }, c);

        c.Lines("x.service", "ExecStart").Should().Equal("/etc/sv/x/run");
        c.Lines("x.service", "ExecStopPost").Should().Equal("-/bin/sh -c \"exec '/etc/sv/x/finish' $${EXIT_STATUS:-0} 0\"");
        c.Lines("x.service", "KillSignal").Should().Equal("SIGHUP");
        c.Lines("x.service", "Requires").Should().Equal("y.service");
    }

    private void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.WriteAllText(_root + path, text);
    }
}
