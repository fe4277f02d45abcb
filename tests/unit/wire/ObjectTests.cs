using System.Text;
using FluentAssertions;
using Xunit;

namespace SysMaster.DBus.Wire.Tests;

public sealed class ObjectTests : IBusAccess, IBusObjects, IDisposable
{
    private const string Properties = "org.freedesktop.DBus.Properties";
    private readonly Recorder _server = new();
    private readonly Recorder _client = new();
    private readonly Sample _sample = new();
    private readonly ObjectTree _tree;
    private readonly BusConnection _s;
    private readonly BusConnection _c;
    private bool _allowed = true;
    private string _asked = "";

    public ObjectTests()
    {
        _tree = new ObjectTree(this);
        _tree.Add("/org/x", Sample.Declaration, _sample);
        _tree.AddFallback("/org/x/unit", this);
        _server.Handler = (connection, m) => _tree.Dispatch(connection, m);
        (_s, _c) = Recorder.Pair(_server, _client);
    }

    public bool Allows(MethodCall call, int access, BusInterface declaration, string member)
    {
        _asked = $"{access} {declaration.Name}.{member}";
        return _allowed;
    }

    public bool Resolve(ReadOnlySpan<byte> path, BusBindings bindings, ref BusRefusal? refusal)
    {
        if (path.SequenceEqual("/org/x/unit/bad"u8)) { refusal = new BusRefusal("org.x.NoSuchUnit", "Unit bad not found."); return false; }
        if (!path.SequenceEqual("/org/x/unit/a"u8)) { return false; }
        bindings.Add(Sample.Declaration, _sample);
        return true;
    }

    public void Enumerate(List<string> paths) => paths.AddRange(["/org/x/unit/b", "/org/x/unit/a"]);

    public void Dispose()
    {
        _s.Dispose();
        _c.Dispose();
    }

    /// <summary>Path, interface, member, arguments, answer. The texts are what services on sd-bus 252 were seen to say.</summary>
    public static TheoryData<string, string, string, string[], string> Answers => new()
    {
        { "/org/x", "org.x.Sample", "Echo", ["s:hi", "b:1"], "s 'HI'" },
        { "/org/x", "", "Echo", ["s:hi", "b:0"], "s 'hi'" },
        { "/org/x/unit/a", "org.x.Sample", "Echo", ["s:hi", "b:0"], "s 'hi'" },
        { "/org/x", "org.x.Sample", "Stop", [], "" },
        { "/org/x", "org.x.Sample", "Refuse", [], "org.x.Error.No: No." },
        { "/org/x", "org.x.Sample", "Echo", ["s:hi"], "org.freedesktop.DBus.Error.InvalidArgs: Invalid arguments 's' to call org.x.Sample.Echo(), expecting 'sb'." },
        { "/org/x", "org.x.Sample", "Nope", [], "org.freedesktop.DBus.Error.UnknownMethod: Unknown method Nope or interface org.x.Sample." },
        { "/org/x", "a.b", "C", [], "org.freedesktop.DBus.Error.UnknownMethod: Unknown method C or interface a.b." },
        { "/org", "a.b", "C", [], "org.freedesktop.DBus.Error.UnknownObject: Unknown object '/org'." },
        { "/y", "a.b", "C", [], "org.freedesktop.DBus.Error.UnknownObject: Unknown object '/y'." },
        { "/org/x/unit/zz", "a.b", "C", [], "org.freedesktop.DBus.Error.UnknownObject: Unknown object '/org/x/unit/zz'." },
        { "/org/x/unit/bad", "a.b", "C", [], "org.x.NoSuchUnit: Unit bad not found." },
        { "/y", "org.freedesktop.DBus.Peer", "Ping", [], "" },
        { "/y", "org.freedesktop.DBus.Peer", "Nope", [], "org.freedesktop.DBus.Error.UnknownMethod: Unknown method 'Nope' on interface 'org.freedesktop.DBus.Peer'." },
        { "/y", "org.freedesktop.DBus.Introspectable", "Introspect", [], "org.freedesktop.DBus.Error.UnknownObject: Unknown object '/y'." },
        { "/org/x", "org.freedesktop.DBus.Introspectable", "Introspect", ["s:x"], "org.freedesktop.DBus.Error.InvalidArgs: Expected no parameters" },
        { "/org/x", Properties, "Get", ["s:org.x.Sample", "s:Version"], "v <s '255'>" },
        { "/org/x", Properties, "Get", ["s:org.x.Sample", "s:Secret"], "v <s 'hidden'>" },
        { "/org/x", Properties, "Get", ["s:org.x.Sample", "s:b"], "org.freedesktop.DBus.Error.UnknownProperty: Unknown interface org.x.Sample or property b." },
        { "/org/x", Properties, "Get", ["s:", "s:Name"], "org.freedesktop.DBus.Error.UnknownProperty: Unknown interface  or property Name." },
        { "/org/x", Properties, "Get", ["s:a"], "org.freedesktop.DBus.Error.InvalidArgs: Expected interface and member parameters" },
        { "/org/x", Properties, "GetAll", [], "org.freedesktop.DBus.Error.InvalidArgs: Expected interface parameter" },
        { "/org/x", Properties, "GetAll", ["s:a.b"], "org.freedesktop.DBus.Error.UnknownInterface: Unknown interface 'a.b'." },
        { "/org/x", Properties, "GetAll", ["s:org.freedesktop.DBus.Peer"], "a{sv} []" },
        { "/org/x", Properties, "GetAll", ["s:"], "a{sv} [('Version' <s '255'>) ('Name' <s 'sample'>) ('Count' <u 7>) ('Old' <as ['a' 'b']>)]" },
        { "/org/x", Properties, "GetAll", ["s:org.x.Sample"], "a{sv} [('Version' <s '255'>) ('Name' <s 'sample'>) ('Count' <u 7>) ('Old' <as ['a' 'b']>)]" },
        { "/org/x", Properties, "Nope", [], "org.freedesktop.DBus.Error.UnknownMethod: Unknown method Nope or interface org.freedesktop.DBus.Properties." },
        { "/org", Properties, "GetAll", ["s:"], "org.freedesktop.DBus.Error.UnknownObject: Unknown object '/org'." },
        { "/org/x", Properties, "Set", ["s:org.x.Sample", "s:Name", "v:new"], "" },
        { "/org/x", Properties, "Set", ["s:org.x.Sample", "s:Name", "v:"], "org.freedesktop.DBus.Error.InvalidArgs: Empty name" },
        { "/org/x", Properties, "Set", ["s:org.x.Sample", "s:Version", "v:x"], "org.freedesktop.DBus.Error.PropertyReadOnly: Property 'Version' is not writable." },
        { "/org/x", Properties, "Set", ["s:org.x.Sample", "s:N", "v:x"], "org.freedesktop.DBus.Error.UnknownProperty: Unknown interface org.x.Sample or property N." },
        { "/org/x", Properties, "Set", ["s:org.x.Sample", "s:Name", "s:x"], "org.freedesktop.DBus.Error.InvalidSignature: Incorrect signature when setting property 'Name', expected 'v', got 's'." },
        { "/org/x", Properties, "Set", ["s:org.x.Sample", "s:Name", "vb:1"], "org.freedesktop.DBus.Error.InvalidArgs: Incorrect parameters for property 'Name', expected 's', got 'b'." },
        { "/org/x", Properties, "Set", ["s:a"], "org.freedesktop.DBus.Error.InvalidArgs: Expected interface and member parameters" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Calls_are_answered_as_sd_bus_does(string path, string interfaceName, string member, string[] arguments, string answer)
        => Ask(path, interfaceName, member, arguments).Should().Be(answer);

    [Fact]
    public void Who_has_no_right_is_refused_before_anything_happens()
    {
        _allowed = false;

        Ask("/org/x", "org.x.Sample", "Stop").Should().Be("org.freedesktop.DBus.Error.AccessDenied: Access to org.x.Sample.Stop() not permitted.");
        Ask("/org/x", Properties, "Set", "s:org.x.Sample", "s:Name", "v:new").Should().StartWith(BusErrors.AccessDenied);

        _asked.Should().Be("1 org.x.Sample.Name");
        (_sample.Count, _sample.Name).Should().Be((7u, "sample"));
    }

    [Fact]
    public void A_kept_call_is_answered_later()
    {
        Ask("/org/x", "org.x.Sample", "Wait", "s:x").Should().Be("nothing");
        PendingReply kept = _sample.Kept.Single();
        var writer = new MessageWriter();
        string answer = "";
        _client.Replied = (_, _, m) => answer = Print(m);

        kept.Begin(writer);
        writer.WriteUInt32(42);
        kept.Send(writer);
        _c.OnReadable();

        answer.Should().Be("u 42");
    }

    [Fact]
    public void A_detached_call_comes_back_authorised()
    {
        Message? kept = null;
        _server.Handler = (_, m) => kept = m.Detach();
        Ask("/org/x", "org.x.Sample", "Stop");
        _allowed = false;

        _tree.Dispatch(_s, kept!, authorized: true);

        _sample.Count.Should().Be(0);
    }

    [Fact]
    public void A_change_carries_values_and_names_as_declared()
    {
        var writer = new MessageWriter();
        var bindings = new BusBindings();
        bindings.Add(Sample.Declaration, _sample);
        string seen = "";
        _client.Handler = (_, m) => seen = Recorder.Text(m.Path) + " " + Print(m);

        PropertiesChanged.Write(writer, "/org/x", "org.x.Sample", bindings).Should().BeTrue();
        _s.Send(writer);
        _c.OnReadable();
        seen.Should().Be("/org/x sa{sv}as 'org.x.Sample' [('Name' <s 'sample'>) ('Large' <s 'explicit'>)] ['Count']");

        PropertiesChanged.Write(writer, "/org/x", "org.x.Sample", bindings, ["Name"]).Should().BeTrue();
        _s.Send(writer);
        _c.OnReadable();
        seen.Should().Be("/org/x sa{sv}as 'org.x.Sample' [('Name' <s 'sample'>)] []");
        PropertiesChanged.Write(writer, "/org/x", "org.x.Other", bindings).Should().BeFalse();
    }

    [Fact]
    public void Introspection_prints_what_sd_bus_prints()
    {
        string answer = Ask("/org/x", "org.freedesktop.DBus.Introspectable", "Introspect");

        answer.Should().EndWith(
            """
             <interface name="org.x.Sample">
              <property name="Version" type="s" access="read">
               <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="const"/>
              </property>
              <property name="Name" type="s" access="readwrite">
               <annotation name="org.freedesktop.systemd1.Privileged" value="true"/>
              </property>
              <property name="Count" type="u" access="read">
               <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="invalidates"/>
              </property>
              <property name="Old" type="as" access="read">
               <annotation name="org.freedesktop.DBus.Deprecated" value="true"/>
               <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="false"/>
              </property>
              <property name="Large" type="s" access="read">
               <annotation name="org.freedesktop.systemd1.Explicit" value="true"/>
              </property>
              <method name="Echo">
               <arg type="s" name="text" direction="in"/>
               <arg type="b" name="shout" direction="in"/>
               <arg type="s" name="echo" direction="out"/>
              </method>
              <method name="Stop">
               <annotation name="org.freedesktop.systemd1.Privileged" value="true"/>
              </method>
              <method name="Wait">
               <arg type="s" name="what" direction="in"/>
               <arg type="u" name="result" direction="out"/>
              </method>
              <method name="Refuse">
              </method>
              <method name="GetDefaultTarget">
               <arg type="s" name="name" direction="out"/>
              </method>
              <signal name="Happened">
               <arg type="s" name="what"/>
               <arg type="o" name="where"/>
              </signal>
             </interface>
             <node name="unit"/>
            </node>

            """ + "'");
        Ask("/org/x/unit", "org.freedesktop.DBus.Introspectable", "Introspect").Should().EndWith(" <node name=\"a\"/>\n <node name=\"b\"/>\n</node>\n'");
        Ask("/", "org.freedesktop.DBus.Introspectable", "Introspect").Should().EndWith(" <node name=\"org\"/>\n</node>\n'");
    }

    [Fact]
    public void Reading_a_property_allocates_little()
    {
        var writer = new MessageWriter();
        writer.BeginCall(null, "/org/x", Properties, "Get", "ss");
        writer.WriteString("org.x.Sample");
        writer.WriteString("Count");
        _server.Handler = (connection, m) => _tree.Dispatch(connection, m);
        byte[] wire = MessageTests.Wire(writer, 9, "");
        var message = new Message();
        message.Parse(wire, 0, wire.Length);
        message.ValidateBody();
        var call = message;
        void One()
        {
            _tree.Dispatch(_s, call);
            Linux.Sys.Read(_c.Fd, s_drain);
        }
        for (int i = 0; i < 50; i++) { One(); }
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++) { One(); }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static readonly byte[] s_drain = new byte[4096];

    private string Ask(string path, string interfaceName, string member, params string[] arguments)
    {
        var writer = new MessageWriter();
        writer.BeginCall(null, path, interfaceName.Length == 0 ? null : interfaceName, member, string.Concat(arguments.Select(a => a[..1])));
        foreach (string argument in arguments)
        {
            string value = argument[(argument.IndexOf(':', StringComparison.Ordinal) + 1)..];
            switch (argument[..argument.IndexOf(':', StringComparison.Ordinal)])
            {
                case "s": writer.WriteString(value); break;
                case "b": writer.WriteBoolean(value == "1"); break;
                case "v": writer.BeginVariant("s"u8); writer.WriteString(value); break;
                default: writer.BeginVariant("b"u8); writer.WriteBoolean(value == "1"); break;
            }
        }
        string answer = "nothing";
        _client.Replied = (_, _, m) => answer = m.Type == MessageType.Error ? Recorder.Text(m.ErrorName) + ": " + m.Reader.ReadText() : Print(m);
        _c.Call(writer, default);
        _s.OnReadable();
        _c.OnReadable();
        return answer;
    }

    private static string Print(Message m)
    {
        string signature = Encoding.ASCII.GetString(m.BodySignature);
        MessageReader r = m.Reader;
        return (signature + " " + WireValue.Print(WireValue.ReadAll(ref r, signature))).TrimEnd(' ');
    }
}
