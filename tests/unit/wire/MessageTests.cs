using System.Text;
using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace SysMaster.DBus.Wire.Tests;

public sealed class MessageTests
{
    [Fact]
    public void A_call_is_read_as_it_was_written()
    {
        var writer = new MessageWriter();
        writer.BeginCall("org.x.Y", "/a/b", "i.j.K", "Do", "su", MessageFlags.AllowInteractiveAuthorization);
        writer.WriteString("hallo");
        writer.WriteUInt32(7);

        Message m = Parse(Wire(writer, 42, ":1.5"));

        m.Type.Should().Be(MessageType.MethodCall);
        m.Flags.Should().Be(MessageFlags.AllowInteractiveAuthorization);
        m.Serial.Should().Be(42);
        Text(m.Path).Should().Be("/a/b");
        Text(m.Interface).Should().Be("i.j.K");
        Text(m.Member).Should().Be("Do");
        Text(m.Destination).Should().Be("org.x.Y");
        Text(m.Sender).Should().Be(":1.5");
        Text(m.BodySignature).Should().Be("su");
        m.ExpectsReply.Should().BeTrue();
        MessageReader r = m.Reader;
        r.ReadText().Should().Be("hallo");
        r.ReadUInt32().Should().Be(7);
    }

    [Fact]
    public void Returns_errors_and_signals_carry_their_fields()
    {
        var writer = new MessageWriter();

        writer.BeginReturn(9, ":1.1", "s");
        writer.WriteString("x");
        Message reply = Parse(Wire(writer, 1, ""));
        writer.WriteError(10, null, "a.b.C", "why");
        Message error = Parse(Wire(writer, 2, ""));
        writer.BeginSignal("/", "i.j", "S");
        Message signal = Parse(Wire(writer, 3, ""));

        (reply.Type, reply.ReplySerial, Text(reply.Destination)).Should().Be((MessageType.MethodReturn, 9u, ":1.1"));
        (error.Type, error.ReplySerial, Text(error.ErrorName), error.Reader.ReadText()).Should().Be((MessageType.Error, 10u, "a.b.C", "why"));
        (signal.Type, Text(signal.Path), Text(signal.Member), signal.Body.Length).Should().Be((MessageType.Signal, "/", "S", 0));
    }

    [Fact]
    public void A_detached_copy_outlives_the_buffer()
    {
        var writer = new MessageWriter();
        writer.BeginCall(null, "/a", "i.j", "M", "s");
        writer.WriteString("kept");
        byte[] wire = Wire(writer, 3, ":1.9");
        byte[] buffer = [1, 2, 3, .. wire];
        var message = new Message();
        message.Parse(buffer, 3, wire.Length);
        message.ValidateBody();

        Message copy = message.Detach();
        Array.Clear(buffer);

        (Text(copy.Path), Text(copy.Sender), Text(copy.Member), copy.Reader.ReadText()).Should().Be(("/a", ":1.9", "M", "kept"));
    }

    [Theory]
    [InlineData(0, 'x', "the byte order")]
    [InlineData(1, 0, "the type")]
    [InlineData(3, 2, "the version")]
    [InlineData(8, 0, "the serial")]
    [InlineData(16, 0, "a field of code 0")]
    [InlineData(17, 2, "a field's signature")]
    [InlineData(18, 's', "a field's type")]
    [InlineData(24, 'x', "the path")]
    [InlineData(26, 1, "padding between fields")]
    public void A_broken_header_is_refused(int at, int value, string what)
    {
        var writer = new MessageWriter();
        writer.BeginCall(null, "/a", "i.j", "M", "s");
        writer.WriteString("x");
        byte[] wire = Wire(writer, 5, "");
        wire[at] = (byte)value;

        FluentActions.Invoking(() => Parse(wire)).Should().Throw<ProtocolException>(what);
    }

    [Theory]
    [InlineData("6C01000100000000010000000000000000")]
    [InlineData("6C01000100000000010000001000000001016F00010000002F00000000000000")]
    [InlineData("6C020001000000000100000000000000")]
    [InlineData("6C0200010000000001000000080000000501750000000000")]
    [InlineData("6C04000100000000010000000000000000")]
    [InlineData("6C010001FFFFFFFF0100000000000000")]
    [InlineData("6C0100010000000001000000FFFFFFFF")]
    [InlineData("6C0100010000000101000000000000FF")]
    [InlineData("6C0100010400000001000000200000000101" + "6F00010000002F000000000000000301" + "7300010000004D0000000000000000000000")]
    public void A_header_that_lacks_or_lies_is_refused(string hex)
        => FluentActions.Invoking(() =>
        {
            byte[] bytes = Convert.FromHexString(hex);
            int length = Message.LengthOf(bytes);
            if (length > bytes.Length) { throw new ProtocolException("incomplete: " + length); }
            Parse(bytes[..length]);
        }).Should().Throw<ProtocolException>();

    [Fact]
    public void Any_change_of_any_byte_is_refused_or_understood_never_worse()
    {
        var writer = new MessageWriter();
        writer.BeginCall("a.b", "/a/b", "i.j", "M", "sa{sv}(yv)");
        writer.WriteString("x");
        ArrayMark array = writer.BeginArray(8);
        writer.BeginStruct();
        writer.WriteString("key");
        writer.BeginVariant("as"u8);
        writer.WriteStrings(["1", "22"]);
        writer.EndArray(array);
        writer.BeginStruct();
        writer.WriteByte(1);
        writer.BeginVariant("v"u8);
        writer.BeginVariant("t"u8);
        writer.WriteUInt64(1);
        byte[] good = Wire(writer, 5, ":1.1");
        int refused = 0;

        for (int at = 0; at < good.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] bad = (byte[])good.Clone();
                bad[at] = (byte)value;
                if (!IsUnderstood(bad)) { refused++; }
            }
        }

        refused.Should().BeGreaterThan(good.Length * 100);
    }

    [Fact]
    public void Noise_is_refused()
        => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), static noise =>
        {
            byte[] bytes = [(byte)'l', 1, 0, 1, .. noise];
            return bytes.Length < Message.FixedHeader || IsUnderstood(bytes) || true;
        }).Holds();

    [Theory]
    [InlineData("", true)]
    [InlineData("type='signal'", true)]
    [InlineData("type=signal,interface='i.j',member='S',path='/a/b'", true)]
    [InlineData("type='method_call'", false)]
    [InlineData("sender=':1.1'", true)]
    [InlineData("sender=':1.2'", false)]
    [InlineData("path_namespace='/a'", true)]
    [InlineData("path_namespace='/'", true)]
    [InlineData("path_namespace='/a/b'", true)]
    [InlineData("path_namespace='/a/b/c'", false)]
    [InlineData("path_namespace='/aa'", false)]
    [InlineData("arg0='org.x.Y'", true)]
    [InlineData("arg0='org.x'", false)]
    [InlineData("arg0namespace='org.x'", true)]
    [InlineData("arg0namespace='org.x.Y'", true)]
    [InlineData("arg0namespace='org.x.Y.Z'", false)]
    [InlineData("arg1='7'", false)]
    [InlineData("arg2path='/aa/bb/'", true)]
    [InlineData("arg2path='/aa/bb/cc'", true)]
    [InlineData("arg2path='/aa/'", true)]
    [InlineData("arg2path='/aa'", false)]
    [InlineData("arg3='it''s'", false)]
    [InlineData("arg3='it'\\''s'", true)]
    [InlineData("arg3=it\\'s", true)]
    [InlineData("arg9='x'", false)]
    [InlineData(" type='signal', member='S'", true)]
    [InlineData("eavesdrop='true'", true)]
    public void A_rule_selects_messages(string rule, bool selects)
    {
        var writer = new MessageWriter();
        writer.BeginSignal("/a/b", "i.j", "S", "suos");
        writer.WriteString("org.x.Y");
        writer.WriteUInt32(7);
        writer.WriteObjectPath("/aa/bb/cc");
        writer.WriteString("it's");
        Message message = Parse(Wire(writer, 1, ":1.1"));

        MatchRule.Parse(Encoding.UTF8.GetBytes(rule)).Value.Matches(message).Should().Be(selects);
    }

    [Theory]
    [InlineData("type='signal',type='signal'")]
    [InlineData("typ='signal'")]
    [InlineData("type='sign'")]
    [InlineData("type='signal")]
    [InlineData("type")]
    [InlineData("=x")]
    [InlineData("member='a.b'")]
    [InlineData("interface='a'")]
    [InlineData("path='a'")]
    [InlineData("path='/a',path_namespace='/a'")]
    [InlineData("arg64='x'")]
    [InlineData("arg='x'")]
    [InlineData("arg01='x'")]
    [InlineData("arg1namespace='a.b'")]
    [InlineData("eavesdrop='maybe'")]
    public void A_rule_that_is_wrong_is_refused(string rule) => MatchRule.Parse(Encoding.UTF8.GetBytes(rule)).Failed.Should().BeTrue();

    [Fact]
    public void A_rule_of_more_than_1024_bytes_is_refused()
        => MatchRule.Parse(Encoding.UTF8.GetBytes("arg0='" + new string('x', 1020) + "'")).Failed.Should().BeTrue();

    internal static byte[] Wire(MessageWriter writer, uint serial, string sender)
    {
        byte[] bytes = new byte[writer.WireLengthMax(sender.Length)];
        return bytes[..writer.CopyTo(bytes, serial, Encoding.ASCII.GetBytes(sender))];
    }

    private static Message Parse(byte[] wire)
    {
        Message.LengthOf(wire).Should().Be(wire.Length);
        var message = new Message();
        message.Parse(wire, 0, wire.Length);
        message.ValidateBody();
        return message;
    }

    private static bool IsUnderstood(byte[] bytes)
    {
        try
        {
            if (Message.LengthOf(bytes) != bytes.Length) { return false; }
            var message = new Message();
            message.Parse(bytes, 0, bytes.Length);
            message.ValidateBody();
            return true;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
