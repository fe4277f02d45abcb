namespace SysMaster.UnitConverter.Tests;

public sealed class SysvTests
{
    private const string Head = """
        #!/bin/sh
        ### BEGIN INIT INFO
        # Provides:          food $time
        # Required-Start:    $network $remote_fs other
        # Should-Start:      $named $syslog
        # X-Start-Before:    late
        # Default-Start:     2 3 4 5
        # Default-Stop:      0 1 6
        # Short-Description: 100% food; "quoted" \
        ### END INIT INFO

        """;

    [Fact]
    public void A_header_becomes_dependencies()
    {
        Conversion c = Source.Convert("/etc/init.d/foo", Head + "case \"$1\" in start) eval nothing;; esac");

        c.Lines("foo.service", "After").Should().Equal("network-online.target", "remote-fs.target", "other.service", "nss-lookup.target");
        c.Lines("foo.service", "Before").Should().Equal("time-sync.target", "late.service");
        c.Lines("foo.service", "WantedBy").Should().Equal("multi-user.target");
        c.Lines("foo.service", "Alias").Should().Equal("food.service");
        c.Lines("foo.service", "Description").Should().Equal("100%% food; \"quoted\"");
        c.Lines("foo.service", "ExecStart").Should().Equal("/etc/init.d/foo start");
        c.Notes.Should().Contain(n => n.What == "the script" && n.Line == 11);
    }

    [Fact]
    public void A_plain_start_stop_daemon_becomes_native()
    {
        Conversion c = Source.Convert("/etc/init.d/foo", Head + """
            NAME=foo
            DAEMON=/usr/sbin/$NAME
            PIDFILE=/var/run/$NAME.pid
            [ -x "$DAEMON" ] || exit 0
            [ -r /etc/default/$NAME ] && . /etc/default/$NAME
            . /lib/lsb/init-functions
            do_start() {
                mkdir /run/foo || true
                start-stop-daemon --start --quiet --pidfile $PIDFILE --exec $DAEMON --test > /dev/null || return 1
                start-stop-daemon --start --quiet --pidfile $PIDFILE --chuid nobody:nogroup --exec $DAEMON -- \
                    --file "a b" $FOO_OPTS || return 2
            }
            do_stop() {
                start-stop-daemon --stop --quiet --retry=INT/20/KILL/5 --pidfile $PIDFILE --name $NAME
                RETVAL="$?"
                [ "$RETVAL" = 2 ] && return 2
                rm -f $PIDFILE
                return "$RETVAL"
            }
            case "$1" in
              start) do_start; case "$?" in 0|1) log_end_msg 0 ;; 2) log_end_msg 1 ;; esac ;;
              stop) do_stop ;;
              reload) start-stop-daemon --stop --signal 1 --quiet --pidfile $PIDFILE --name $NAME ;;
              *) echo "Usage" >&2; exit 3 ;;
            esac
            :
            """);

        c.Text("foo.service").Should().Contain("""
            [Service]
            Type=forking
            PIDFile=/run/foo.pid
            ExecStartPre=-+/bin/mkdir -p /run/foo
            ExecStart=/usr/sbin/foo --file "a b" $FOO_OPTS
            User=nobody
            Group=nogroup
            EnvironmentFile=-/etc/default/foo
            ExecReload=/bin/kill -1 $MAINPID
            TimeoutStopSec=20s
            KillSignal=SIGINT
            SuccessExitStatus=143
            """.ReplaceLineEndings("\n"));
        c.Lines("foo.service", "ConditionFileIsExecutable").Should().Equal("/usr/sbin/foo");
    }

    [Theory]
    [InlineData("/usr/sbin/unknown-tool; start-stop-daemon --start --exec $(which x)")]
    [InlineData("for i in a b; do start-stop-daemon --start --exec /usr/sbin/$i; done")]
    [InlineData("start-stop-daemon --start --exec /a; start-stop-daemon --start --exec /b")]
    [InlineData("echo 1 > /proc/sys/x; start-stop-daemon --start --exec /a")]
    [InlineData("start-stop-daemon --start --exec relative")]
    [InlineData("start-stop-daemon --start --exec /a --chuid 'x y'")]
    [InlineData("if [ -e /x ]; then start-stop-daemon --start --exec /a; else start-stop-daemon --start --exec /b; fi")]
    [InlineData("( unclosed")]
    public void What_cannot_be_said_calls_the_script(string body)
    {
        Conversion c = Source.Convert("/etc/init.d/foo", Head + $"case \"$1\" in\nstart)\n{body}\n;;\nesac\n");

        c.Lines("foo.service", "ExecStart").Should().Equal("/etc/init.d/foo start");
        c.Notes.Should().Contain(n => n.What == "the script");
    }
}
