using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>What a container manager gives PID 1, and is told by it: systemd(1), "container interface".</summary>
public sealed class OuterTests
{
    [Theory, EachProvider]
    public void A_container_manager_is_told_of_the_start_and_of_the_end(string provider)
    {
        using var outer = new Outer();
        using Machine machine = Containers.Boot(provider, "minimal", "--host", outer.Folder, "--env", "NOTIFY_SOCKET=/run/host/notify");

        machine.Must("systemctl is-system-running").Should().Be("running");

        outer.Until("READY=1", 10).Should().Contain("STATUS=Ready.");
        machine.Must("systemctl show-environment").Should().NotContain("NOTIFY_SOCKET");
        if (provider != "sysmaster") { return; }   // 252 does not tell the rest yet
        machine.Must("systemctl daemon-reload");
        outer.Until("RELOADING=1", 5).Should().Contain("MONOTONIC_USEC=");
        machine.Exec("systemctl exit 7");
        machine.End(20).Should().Be("exit 7");
        outer.Until("EXIT_STATUS=7", 5).Should().Contain("STOPPING=1").And.Contain("X_SYSTEMD_SHUTDOWN=exit");
        outer.All.Should().Contain("X_SYSTEMD_UNIT_ACTIVE=multi-user.target").And.Contain($"X_SYSTEMD_HOSTNAME={machine.Name}");
    }

    [Theory, EachProvider]
    public void What_a_container_manager_gives_is_found(string provider)
    {
        using var outer = new Outer();
        File.WriteAllText(Path.Combine(outer.Folder, "container-manager"), "some-engine\n");
        Directory.CreateDirectory(Path.Combine(outer.Folder, "credentials"));
        File.WriteAllText(Path.Combine(outer.Folder, "credentials", "given"), "a secret");
        using Machine machine = Containers.Boot(provider, "minimal", "--host", outer.Folder, "--env", "CREDENTIALS_DIRECTORY=/run/host/credentials");

        machine.Must("cat /run/credentials/@system/given").Should().Be("a secret");
        machine.Must("readlink -f /run/credentials/@system").Should().Be("/run/host/credentials");
        machine.Must("cat /run/systemd/container").Should().Be("sysmaster-rig", "the environment of PID 1 says it first");
        machine.Must("systemd-run -q --wait --pipe -p ConditionCredential=given echo yes").Should().Be("yes");
        machine.Must("systemd-run -q --wait --pipe -p ConditionCredential=other echo yes; true").Should().BeEmpty();
        machine.Must("systemctl show-environment").Should().NotContain("CREDENTIALS_DIRECTORY");
    }

    /// <summary>The folder that is /run/host inside, with a notify socket in it.</summary>
    private sealed class Outer : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        private readonly BlockingCollection<string> _new = [];
        private readonly List<string> _heard = [];

        public Outer()
        {
            _socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(Folder, "notify")));
            new Thread(Listen) { IsBackground = true }.Start();
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("outer").FullName;

        public string All => string.Join('\n', _heard);

        /// <returns>The first message from now on that has the word.</returns>
        public string Until(string word, int seconds)
        {
            while (_new.TryTake(out string? text, seconds * 1000))
            {
                _heard.Add(text);
                if (text.Contains(word, StringComparison.Ordinal)) { return text; }
            }
            throw new TimeoutException($"{word} was not told; what was: {All}");
        }

        /// <summary>All the time: a socket holds ten datagrams.</summary>
        private void Listen()
        {
            byte[] buffer = new byte[65536];
            try
            {
                while (true) { _new.Add(Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer))); }
            }
            catch (SocketException) when (_isOver) { }   // closed under it, by Dispose
        }

        private volatile bool _isOver;

        public void Dispose()
        {
            _isOver = true;
            _socket.Dispose();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
