using System.Diagnostics;
using System.Text;
using FluentAssertions;
using SysMaster.Linux;
using Xunit;

namespace SysMaster.DBus.Wire.Tests;

/// <summary>Programs of others against our server, and our client against the reference bus. Each test has a directory of its own.</summary>
public sealed class RealPeersTests : IBusAccess, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("wire-").FullName;
    private readonly Sample _sample = new();
    private readonly ObjectTree _tree;
    private readonly MessageWriter _signals = new();

    public RealPeersTests()
    {
        _tree = new ObjectTree(this);
        _tree.Add("/org/x", Sample.Declaration, _sample);
    }

    public bool Allows(MethodCall call, int access, BusInterface declaration, string member) => true;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Dbus_send_calls_a_private_server()
    {
        using TestLoop loop = Serve("s");

        Run("dbus-send", $"--peer=unix:path={_directory}/s", "--print-reply=literal", "/org/x", "org.x.Sample.Echo", "string:hällo", "boolean:true")
            .Trim().Should().Be("HÄLLO");
        Run("dbus-send", $"--peer=unix:path={_directory}/s", "--print-reply", "/org/x", "org.x.Sample.Nope")
            .Should().Contain("Error org.freedesktop.DBus.Error.UnknownMethod: Unknown method Nope or interface org.x.Sample.");
        loop.Failure.Should().BeNull();
    }

    [Fact]
    public void Gdbus_calls_and_introspects_a_private_server()
    {
        using TestLoop loop = Serve("s");

        Run("gdbus", "call", "--address", $"unix:path={_directory}/s", "--object-path", "/org/x", "--method", "org.x.Sample.Echo", "abc", "false")
            .Trim().Should().Be("('abc',)");
        Run("gdbus", "call", "--address", $"unix:path={_directory}/s", "--object-path", "/org/x", "--method", "org.freedesktop.DBus.Properties.GetAll", "org.x.Sample")
            .Trim().Should().Be("({'Version': <'255'>, 'Name': <'sample'>, 'Count': <uint32 7>, 'Old': <['a', 'b']>},)");
        loop.Failure.Should().BeNull();
    }

    [Fact]
    public void Systemctl_talks_to_a_private_server_as_if_it_were_systemd()
    {
        Directory.CreateDirectory(_directory + "/systemd");
        var manager = new BusInterface<Sample>("org.freedesktop.systemd1.Manager")
        {
            Methods = [new("GetDefaultTarget", "", "s", "name", 0, static (_, call) => call.BeginReply().WriteString("ours.target"))],
            Properties = [new("Version", "s", Emits.Const, static (_, w) => w.WriteString("255.ours")), new("NNames", "u", Emits.Nothing, static (t, w) => w.WriteUInt32(t.Count))],
        };
        _tree.Add("/org/freedesktop/systemd1", manager, _sample);
        using TestLoop loop = Serve("systemd/private");

        Run("systemctl", "--user", "get-default").Trim().Should().Be("ours.target");
        Run("systemctl", "--user", "show", "-p", "Version,NNames").Trim().Should().Be("Version=255.ours\nNNames=7");
        loop.Failure.Should().BeNull();
    }

    [Fact]
    public void Busctl_calls_us_over_a_real_bus()
    {
        using var bus = new ReferenceBus(_directory);
        using TestLoop loop = Join(bus);
        WaitFor(() => loop.Seen().Contains("1 MethodReturn 1"));
        string[] busctl = [$"--address=unix:path={bus.Socket}", "--no-pager"];

        Run("busctl", [.. busctl, "call", "org.x.Test", "/org/x", "org.x.Sample", "Echo", "sb", "grüße", "yes"]).Trim().Should().Be("s \"GR\\303\\234\\303\\237E\"");
        Run("busctl", [.. busctl, "get-property", "org.x.Test", "/org/x", "org.x.Sample", "Count"]).Trim().Should().Be("u 7");
        Run("busctl", [.. busctl, "set-property", "org.x.Test", "/org/x", "org.x.Sample", "Name", "s", "other"]).Should().BeEmpty();
        Run("busctl", [.. busctl, "get-property", "org.x.Test", "/org/x", "org.x.Sample", "Name"]).Trim().Should().Be("s \"other\"");
        Run("busctl", [.. busctl, "introspect", "org.x.Test", "/org/x", "org.x.Sample"]).Should().Contain(".Echo").And.Contain("emits-invalidation").And.Contain(".Happened");
        Run("busctl", [.. busctl, "tree", "--list", "org.x.Test"]).Should().Contain("/org/x");
        Run("busctl", [.. busctl, "call", "org.x.Test", "/org/x", "org.x.Sample", "Echo", "s", "x"]).Should().Contain("Invalid arguments 's' to call org.x.Sample.Echo(), expecting 'sb'.");
        loop.Failure.Should().BeNull();
    }

    [Fact]
    public void Signals_that_were_matched_arrive_from_a_real_bus()
    {
        var seen = new List<string>();
        using var bus = new ReferenceBus(_directory);
        using var loop = new TestLoop(
            null,
            (_, m) =>
            {
                lock (seen) { seen.Add($"{Recorder.Text(m.Interface)}.{Recorder.Text(m.Member)} {m.Sender.Length > 0}"); }
            },
            bus.Connect())
        {
            Ready = c =>
            {
                BusCalls.AddMatch(_signals, "type='signal',interface='a.b'");
                c.Call(_signals, new ReplyTag(2));
            },
        };
        WaitFor(() => loop.Seen().Length > 0);

        Run("dbus-send", $"--bus=unix:path={bus.Socket}", "/x", "a.b.C", "string:x");
        Run("dbus-send", $"--bus=unix:path={bus.Socket}", "/x", "a.other.C", "string:x");
        Run("dbus-send", $"--bus=unix:path={bus.Socket}", "/x", "a.b.D");
        WaitFor(() => { lock (seen) { return seen.Contains("a.b.D True"); } });

        loop.Seen().Should().Equal("2 MethodReturn ");
        lock (seen) { seen.Where(s => s.StartsWith("a.", StringComparison.Ordinal)).Should().Equal("a.b.C True", "a.b.D True"); }
        loop.Failure.Should().BeNull();
    }

    private TestLoop Serve(string name)
        => new(Sys.ListenUnix(Encoding.UTF8.GetBytes($"{_directory}/{name}"), LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value, (c, m) => _tree.Dispatch(c, m));

    private TestLoop Join(ReferenceBus bus) => new(null, (c, m) => _tree.Dispatch(c, m), bus.Connect())
    {
        Ready = c =>
        {
            BusCalls.RequestName(_signals, "org.x.Test", BusCalls.DoNotQueue);
            c.Call(_signals, new ReplyTag(1));
        },
    };

    /// <summary>Standard output and error of a program.</summary>
    private string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_RUNTIME_DIR"] = _directory;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment.Remove("DBUS_SESSION_BUS_ADDRESS");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit(10_000).Should().BeTrue(program);
        return output + errors.Result;
    }

    private static void WaitFor(Func<bool> happened)
    {
        var clock = Stopwatch.StartNew();
        while (!happened())
        {
            clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
            Thread.Yield();
        }
    }
}
