using System.Text;
using FluentAssertions;
using SysMaster.Linux;
using Xunit;

namespace SysMaster.DBus.Wire.Tests;

public sealed class ConnectionTests
{
    private readonly Recorder _server = new();
    private readonly Recorder _client = new();
    private readonly MessageWriter _writer = new();

    [Fact]
    public void Both_ends_authenticate_and_agree_on_descriptors()
    {
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client);

        (s.IsRunning, c.IsRunning, s.FdsAgreed, c.FdsAgreed).Should().Be((true, true, true, true));
        s.Credentials.pid.Should().Be(Environment.ProcessId);
        _server.Log.Should().Equal("ready");
        _client.Log.Should().Equal("ready");
    }

    [Fact]
    public void A_peer_that_is_not_admitted_never_gets_a_byte()
    {
        (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;

        Result<BusConnection> refused = BusConnection.Accept(a, static peer => peer.uid == 4711, null, _server);

        refused.Error.Should().Be(Errno.EACCES);
        Sys.Read(b.Fd, new byte[10]).Value.Should().Be(0);
        b.Dispose();
    }

    [Fact]
    public void A_call_is_answered_to_its_tag_with_the_fixed_sender()
    {
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client);
        _server.Handler = (connection, m) =>
        {
            m.Sender.Length.Should().Be(0);
            _writer.BeginReturn(m.Serial, null, "s");
            _writer.WriteString("pong");
            connection.Send(_writer);
        };
        string answer = "";
        _client.Replied = (_, _, m) => answer = m.Reader.ReadText();
        var writer = new MessageWriter();
        writer.BeginCall(null, "/", "a.b", "Ping");

        c.Call(writer, new ReplyTag(5, 77));
        s.OnReadable();
        c.OnReadable();

        answer.Should().Be("pong");
        _client.Log.Should().Equal("ready", "MethodReturn for 5/77");
        c.PendingCalls.Should().BeEmpty();
    }

    [Fact]
    public void An_answer_that_nobody_waits_for_is_dropped()
    {
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client);
        _writer.BeginCall(null, "/", "a.b", "Ping");
        uint serial = c.Call(_writer, new ReplyTag(1));
        c.Forget(serial);

        _writer.BeginReturn(serial, null);
        s.Send(_writer);
        c.OnReadable();

        _client.Log.Should().Equal("ready");
        c.IsClosed.Should().BeFalse();
    }

    [Fact]
    public void A_stream_cut_anywhere_gives_the_same_messages()
    {
        byte[] stream = Stream();
        for (int cut = 1; cut < stream.Length; cut++)
        {
            var server = new Recorder();
            (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
            BusConnection s = BusConnection.Accept(a, static _ => true, null, server).Value;

            Sys.Write(b.Fd, stream.AsSpan(0, cut));
            Drain(s);
            Sys.Write(b.Fd, stream.AsSpan(cut));
            Drain(s);

            server.Log.Should().Equal("ready", "MethodCall One", "Signal Two", "MethodCall Three");
            s.Dispose();
            b.Dispose();
        }
    }

    [Fact]
    public void A_stream_byte_by_byte_gives_the_same_messages()
    {
        (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        using BusConnection s = BusConnection.Accept(a, static _ => true, null, _server).Value;
        foreach (byte one in Stream())
        {
            Sys.Write(b.Fd, [one]);
            s.OnReadable();
        }

        _server.Log.Should().Equal("ready", "MethodCall One", "Signal Two", "MethodCall Three");
        b.Dispose();
    }

    [Fact]
    public void Large_messages_pass_in_pieces_both_ways()
    {
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client);
        byte[] blob = new byte[3 << 20];
        new Random(1).NextBytes(blob);
        byte[]? got = null;
        _server.Handler = (_, m) => got = m.Reader.ReadBytes().ToArray();
        _writer.BeginSignal("/", "a.b", "Blob", "ay");
        _writer.WriteBytes(blob);

        c.Send(_writer);
        for (int turn = 0; got is null && turn < 10_000; turn++)
        {
            s.OnReadable();
            c.OnWritable();
        }

        got.Should().Equal(blob);
        c.OutputPending.Should().Be(0);
    }

    [Fact]
    public void Each_message_gets_its_own_descriptors()
    {
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client);
        var got = new List<string>();
        _server.Handler = (_, m) =>
        {
            MessageReader r = m.Reader;
            for (int i = 0; i < m.UnixFdCount; i++)
            {
                using OwnedFd fd = r.TakeUnixFd();
                byte[] content = new byte[16];
                int n = Sys.Read(fd.Fd, content).Value;
                got.Add(Encoding.ASCII.GetString(content, 0, n));
            }
        };

        for (int i = 0; i < 5; i++)
        {
            using OwnedFd one = PipeWith($"{i}a");
            using OwnedFd two = PipeWith($"{i}b");
            _writer.BeginSignal("/", "a.b", "Plain");
            c.Send(_writer);
            _writer.BeginSignal("/", "a.b", "Fds", "hh");
            _writer.WriteUnixFd(one.Value);
            _writer.WriteUnixFd(two.Value);
            c.Send(_writer);
        }
        Drain(s);

        got.Should().Equal("0a", "0b", "1a", "1b", "2a", "2b", "3a", "3b", "4a", "4b");
    }

    [Fact]
    public void Descriptors_that_nobody_takes_are_closed()
    {
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client);
        int before = OpenFds();

        for (int i = 0; i < 20; i++)
        {
            using OwnedFd fd = PipeWith("x");
            _writer.BeginSignal("/", "a.b", "Fds", "h");
            _writer.WriteUnixFd(fd.Value);
            c.Send(_writer);
            s.OnReadable();
        }

        OpenFds().Should().Be(before);
        c.Dispose();
        s.Dispose();
    }

    [Fact]
    public void Descriptors_within_the_authentication_end_it()
    {
        (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        BusConnection s = BusConnection.Accept(a, static _ => true, null, _server).Value;

        Sys.SendMessage(b.Fd, "\0AUTH EXTERNAL\r\n"u8, [b.Value]);
        s.OnReadable();

        _server.Log.Should().Equal("closed Authentication");
        b.Dispose();
    }

    [Fact]
    public void A_greeting_without_end_is_cut_off()
    {
        (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        BusConnection s = BusConnection.Accept(a, static _ => true, null, _server).Value;
        Sys.Write(b.Fd, [0]);

        for (int i = 0; i < 40 && !s.IsClosed; i++)
        {
            Sys.Write(b.Fd, new byte[1024].Select(_ => (byte)'x').ToArray());
            s.OnReadable();
        }

        _server.Log.Should().Equal("closed Authentication");
        b.Dispose();
    }

    [Fact]
    public void A_broken_message_ends_the_connection_and_nothing_else()
    {
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client);

        Sys.Write(c.Fd, new byte[64]);
        s.OnReadable();
        c.OnReadable();

        _server.Log.Should().Equal("ready", "closed Protocol");
        _client.Log.Should().Equal("ready", "closed PeerClosed");
    }

    [Fact]
    public void A_peer_that_does_not_read_is_not_read_from_and_then_cut_off()
    {
        (BusConnection s, _) = Recorder.Pair(_server, _client);
        _writer.BeginSignal("/", "a.b", "Blob", "ay");
        _writer.WriteBytes(new byte[512 << 10]);

        for (int i = 0; i < 5; i++) { s.Send(_writer); }
        s.WantsRead.Should().BeFalse();
        s.WantsWrite.Should().BeTrue();
        for (int i = 0; i < 200; i++) { s.Send(_writer); }
        s.OnReadable();

        _server.Log.Should().EndWith("closed Overflow");
    }

    [Fact]
    public void With_a_queue_nothing_leaves_before_the_turn_ends()
    {
        var queue = new FlushQueue();
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client, queue: queue);
        _writer.BeginSignal("/", "a.b", "S");

        s.Send(_writer);
        s.Send(_writer);
        c.OnReadable();
        _client.Log.Should().Equal("ready");
        queue.FlushAll();
        c.OnReadable();

        _client.Log.Should().Equal("ready", "Signal S", "Signal S");
    }

    [Fact]
    public void A_snapshot_goes_on_where_the_connection_was()
    {
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client, sender: "org.x.Y", queue: new FlushQueue());
        _writer.BeginSignal("/", "a.b", "Late", "s");
        _writer.WriteString("x");
        s.NextSerial = 1000;
        s.Send(_writer);
        _writer.BeginCall(null, "/", "a.b", "Ask");
        s.Call(_writer, new ReplyTag(3, 4));
        Sys.Write(c.Fd, MessageTests.Wire(Call("Whole"), 1, ""));
        byte[] wire = MessageTests.Wire(Call("Split"), 2, "");
        Sys.Write(c.Fd, wire.AsSpan(0, 20));
        s.OnReadable();

        ConnectionSnapshot snapshot = Snapshot(s);
        var next = new Recorder();
        using BusConnection r = BusConnection.Restore(new OwnedFd(Duplicate(s.Fd.Value)), snapshot, next);
        Sys.Write(c.Fd, wire.AsSpan(20));
        r.OnReadable();
        Drain(c);

        next.Log.Should().Equal("MethodCall Split");
        _client.Log.Should().Equal("ready", "Signal Late", "MethodCall Ask");
        r.NextSerial.Should().Be(1002);
        r.PendingCalls.Should().BeEmpty("an answer to the earlier process is nobody's");
    }

    private static ConnectionSnapshot Snapshot(BusConnection of) => new(of.Role, of.NextSerial)
    {
        FdsAgreed = of.FdsAgreed,
        SenderName = "org.x.Y",
        IsAuthenticating = !of.IsRunning,
        AuthSeen = of.AuthSeen.ToArray(),
        AuthOutput = of.UnsentAuth.ToArray(),
        Input = of.UnreadInput.ToArray(),
        Output = of.UnsentOutput.ToArray(),
        PartialOutput = of.PartialOutput,
    };

    [Fact]
    public void A_kept_connection_leaves_its_input_in_the_socket_until_it_is_taken()
    {
        var queue = new FlushQueue();
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client, queue: queue);
        s.IsKept = true;
        Sys.Write(c.Fd, MessageTests.Wire(Call("First"), 1, ""));
        s.OnReadable();
        s.OnReadable();
        byte landing = (byte)~s.UntakenFirst;

        // Who dies here has read nothing: the next one sees it again.
        var next = new Recorder();
        using BusConnection r = BusConnection.Restore(new OwnedFd(Duplicate(s.Fd.Value)), Snapshot(s), next);
        r.OnReadable();
        next.Log.Should().Equal("MethodCall First");

        s.IsKept.Should().BeTrue();
        _server.Log.Should().Equal("ready", "MethodCall First");
        landing.Should().NotBe((byte)'l');
    }

    [Fact]
    public void Taking_the_input_lands_its_first_byte_and_leaves_what_came_later()
    {
        var queue = new FlushQueue();
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client, queue: queue);
        s.IsKept = true;
        Sys.Write(c.Fd, MessageTests.Wire(Call("First"), 1, ""));
        s.OnReadable();
        Sys.Write(c.Fd, MessageTests.Wire(Call("Second"), 2, ""));
        byte landing = (byte)~s.UntakenFirst;

        s.TakeInput(ref landing);
        s.OnReadable();

        landing.Should().Be((byte)'l');
        _server.Log.Should().Equal("ready", "MethodCall First", "MethodCall Second");
    }

    [Fact]
    public void Half_a_message_of_a_kept_connection_is_completed_by_its_successor()
    {
        var queue = new FlushQueue();
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client, queue: queue);
        s.IsKept = true;
        byte[] wire = MessageTests.Wire(Call("Split"), 1, "");
        Sys.Write(c.Fd, wire.AsSpan(0, 21));
        s.OnReadable();
        byte landing = 0;
        ConnectionSnapshot snapshot = Snapshot(s);
        s.TakeInput(ref landing);
        var next = new Recorder();
        using BusConnection r = BusConnection.Restore(new OwnedFd(Duplicate(s.Fd.Value)), snapshot, next, new FlushQueue());
        r.IsKept = true;

        Sys.Write(c.Fd, wire.AsSpan(21));
        r.OnReadable();

        next.Log.Should().Equal("MethodCall Split");
    }

    [Fact]
    public void A_client_that_was_authenticating_goes_on_with_the_successor()
    {
        var queue = new FlushQueue();
        (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        BusConnection s = BusConnection.Accept(a, static _ => true, "org.x.Y", _server, queue).Value;
        s.IsKept = true;
        Sys.Write(b.Fd, "\0AUTH EXTERNAL\r\nDATA\r\nNEGOT"u8);
        s.OnReadable();
        byte landing = 0;
        ConnectionSnapshot snapshot = Snapshot(s);
        s.TakeInput(ref landing);
        var next = new Recorder();
        var nextQueue = new FlushQueue();
        using BusConnection r = BusConnection.Restore(new OwnedFd(Duplicate(s.Fd.Value)), snapshot, next, nextQueue);
        r.IsKept = true;

        Sys.Write(b.Fd, "IATE_UNIX_FD\r\nBEGIN\r\n"u8);
        r.OnReadable();
        nextQueue.FlushAll();

        next.Log.Should().Equal("ready");
        r.FdsAgreed.Should().BeTrue();
        byte[] answers = new byte[200];
        int n = LibCRead(b, answers);
        Encoding.ASCII.GetString(answers, 0, n).Should().MatchRegex("^DATA\r\nOK [0-9a-f]{32}\r\nAGREE_UNIX_FD\r\n$");
    }

    private static int LibCRead(OwnedFd fd, byte[] into)
    {
        Result<ReceivedMessage> read = Sys.ReceiveMessage(fd.Fd, into);
        return read.Failed ? 0 : read.Value.Length;
    }

    [Fact]
    public void A_whole_message_handed_over_is_dispatched()
    {
        (BusConnection s, BusConnection c) = Recorder.Pair(_server, _client);
        byte[] wire = MessageTests.Wire(Call("Kept"), 1, "");
        ConnectionSnapshot snapshot = Snapshot(s) with { Input = [.. wire, .. wire.AsSpan(0, 7)] };
        var next = new Recorder();
        using BusConnection r = BusConnection.Restore(new OwnedFd(Duplicate(s.Fd.Value)), snapshot, next);

        r.OnReadable();
        Sys.Write(c.Fd, wire.AsSpan(7));
        Drain(r);

        next.Log.Should().Equal("MethodCall Kept", "MethodCall Kept");
    }

    [Fact]
    public void Taking_a_call_and_answering_it_allocates_nothing()
    {
        var queue = new FlushQueue();
        var quiet = new Quiet();
        (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        using BusConnection s = BusConnection.Accept(a, static _ => true, "org.x.Y", quiet, queue).Value;
        Sys.Write(b.Fd, "\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n"u8);
        s.OnReadable();
        queue.FlushAll();
        byte[] call = MessageTests.Wire(Call("Get"), 7, "");
        byte[] drain = new byte[4096];
        void One()
        {
            Sys.Write(b.Fd, call);
            s.OnReadable();
            queue.FlushAll();
            Sys.Read(b.Fd, drain);
        }
        for (int i = 0; i < 500; i++) { One(); }
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++) { One(); }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.Should().Be(0);
        quiet.Calls.Should().Be(600);
        b.Dispose();
    }

    private static MessageWriter Call(string member)
    {
        var writer = new MessageWriter();
        writer.BeginCall(null, "/a", "a.b", member, "s");
        writer.WriteString("text");
        return writer;
    }

    private static byte[] Stream()
    {
        var signal = new MessageWriter();
        signal.BeginSignal("/x", "a.b", "Two", "u");
        signal.WriteUInt32(1);
        return
        [
            .. Encoding.ASCII.GetBytes("\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n"),
            .. MessageTests.Wire(Call("One"), 1, ""), .. MessageTests.Wire(signal, 2, ""), .. MessageTests.Wire(Call("Three"), 3, ""),
        ];
    }

    private static void Drain(BusConnection connection)
    {
        for (int i = 0; i < 20; i++) { connection.OnReadable(); }
    }

    private static int OpenFds() => Directory.GetFiles("/proc/self/fd").Length;

    private static int Duplicate(int fd) => LibC.fcntl(fd, LibC.F_DUPFD_CLOEXEC, 3);

    private static OwnedFd PipeWith(string content)
    {
        (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        Sys.Write(a.Fd, Encoding.ASCII.GetBytes(content));
        a.Dispose();
        return b;
    }

    private sealed class Quiet : IBusConnectionOwner
    {
        private readonly MessageWriter _writer = new();

        public int Calls { get; private set; }

        public void OnReady(BusConnection connection)
        {
        }

        public void OnMessage(BusConnection connection, Message message)
        {
            Calls++;
            _writer.BeginReturnTo(message.Serial, message.Sender, "s"u8);
            _writer.WriteString("answer"u8);
            connection.Send(_writer);
        }

        public void OnReply(BusConnection connection, ReplyTag tag, Message reply)
        {
        }

        public void OnInterestChanged(BusConnection connection)
        {
        }

        public void OnClosed(BusConnection connection, CloseReason reason, string detail)
        {
        }
    }
}
