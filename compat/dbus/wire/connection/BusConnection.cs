using System.Globalization;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// One D-Bus connection over a connected, non-blocking stream socket. The loop lives elsewhere: it watches <see cref="Fd"/>
/// while <see cref="WantsRead"/> and <see cref="WantsWrite"/> say so, and calls <see cref="OnReadable"/> and <see cref="OnWritable"/>.
/// <para>Input: one read a turn (16 KiB; a message in pieces is read exactly to its end, since the kernel ties descriptors to
/// the byte they came with), every whole message in it is dispatched in order.</para>
/// <para>Output: messages are copied behind each other and leave in writes of whole messages of at most 32 KiB together, which
/// a stream socket takes whole or not at all. A peer with 1 MiB unsent is not read from until it has caught up; one with
/// <see cref="Limits.OutputMax"/> unsent is cut off.</para>
/// <para>Errors of the peer end the connection (<see cref="IBusConnectionOwner.OnClosed"/>), nothing else.</para>
/// </summary>
public sealed partial class BusConnection : IDisposable
{
    private static byte[]? s_lastSender;

    private readonly OwnedFd _fd;
    private readonly IBusConnectionOwner _owner;
    private readonly FlushQueue? _queue;
    private readonly SaslServer? _saslServer;
    private readonly SaslClient? _saslClient;
    private Dictionary<uint, ReplyTag>? _calls;
    private byte[] _sender = [];
    private State _state;
    private bool _inDispatch;
    private bool _doomed;      // shut down; the owner is told at the next wake-up
    private CloseReason _doom;
    private string _doomDetail = "";
    private uint _nextSerial = 1;

    private BusConnection(OwnedFd fd, BusRole role, IBusConnectionOwner owner, FlushQueue? queue)
    {
        _fd = fd;
        _owner = owner;
        _queue = queue;
        Role = role;
    }

    private BusConnection(OwnedFd fd, ucred peer, IBusConnectionOwner owner, FlushQueue? queue)
        : this(fd, BusRole.Server, owner, queue)
    {
        Credentials = peer;
        _saslServer = new SaslServer(peer.uid, ServerId.Hex, offersFds: true);
    }

    private BusConnection(OwnedFd fd, BusRole role, uint uid, IBusConnectionOwner owner, FlushQueue? queue)
        : this(fd, role, owner, queue)
    {
        _saslClient = new SaslClient();
        SendAuth(SaslClient.Greeting(uid));
    }

    private enum State
    {
        Authenticating,
        Naming,      // Hello was sent
        Running,
        Closed,
    }

    public BusRole Role { get; }

    /// <summary>The owner's own number for it; nothing here reads it.</summary>
    public long Id { get; set; }

    /// <summary>The owner's own object for it; nothing here reads it.</summary>
    public object? Tag { get; set; }

    public Fd Fd => _fd.Fd;

    /// <summary>Who is at the other end, by the socket (SO_PEERCRED). Of a bus: the bus itself.</summary>
    public ucred Credentials { get; private init; }

    /// <summary>Our name on the bus, ":1.7"; empty until Hello was answered.</summary>
    public string UniqueName { get; private set; } = "";

    /// <summary>Messages flow.</summary>
    public bool IsRunning => _state == State.Running;

    public bool IsClosed => _state == State.Closed;

    /// <summary>Both ends may send descriptors.</summary>
    public bool FdsAgreed { get; private set; }

    /// <summary>The serial of the next message sent. Settable, for an owner that takes them from persisted blocks; never 0.</summary>
    public uint NextSerial
    {
        get => _nextSerial;
        set => _nextSerial = value == 0 ? 1 : value;
    }

    /// <summary>Calls that nobody has answered yet: serial, and what for.</summary>
    public IReadOnlyDictionary<uint, ReplyTag> PendingCalls => _calls ??= [];

    internal bool IsFlushQueued { get; set; }

    /// <summary>A client that was accepted on a socket of ours. Its credentials are asked here, before any byte is read.</summary>
    /// <param name="admits">Whether to talk to it at all, by its credentials (EACCES if not; the descriptor is closed).</param>
    /// <param name="senderName">The sender in all we send ("org.freedesktop.systemd1"), as sd-bus's private sockets have it; null for none.</param>
    public static Result<BusConnection> Accept(OwnedFd socket, Func<ucred, bool> admits, string? senderName, IBusConnectionOwner owner, FlushQueue? queue = null)
    {
        Result<ucred> peer = Sys.PeerCredentials(socket.Fd);
        if (peer.Failed || !admits(peer.Value))
        {
            socket.Dispose();
            return peer.Failed ? peer.Error : Errno.EACCES;
        }
        var connection = new BusConnection(socket, peer.Value, owner, queue);
        if (senderName is not null) { connection._sender = SenderBytes(senderName); }
        return connection;
    }

    /// <summary>The client's end of a connected socket: greets at once, and on a bus says Hello. <see cref="IBusConnectionOwner.OnReady"/> follows.</summary>
    /// <param name="role"><see cref="BusRole.Bus"/> or <see cref="BusRole.Peer"/>.</param>
    public static BusConnection Connect(OwnedFd socket, BusRole role, IBusConnectionOwner owner, FlushQueue? queue = null)
    {
        Result<ucred> peer = Sys.PeerCredentials(socket.Fd);
        var connection = new BusConnection(socket, role, LibC.geteuid(), owner, queue) { Credentials = peer.Failed ? default : peer.Value };
        if (role == BusRole.Bus)
        {
            var writer = new MessageWriter();
            BusCalls.Hello(writer);
            connection.Call(writer, new ReplyTag(HelloKind));
        }
        connection.RequestFlush();
        return connection;
    }

    /// <summary>Ends it: pending output is tried once, the owner is told, the descriptor closed.</summary>
    public void Close()
    {
        if (_state == State.Closed) { return; }
        Flush();
        End(CloseReason.Asked, "");
    }

    /// <summary>Ends it without a word to the owner.</summary>
    public void Dispose()
    {
        _state = State.Closed;
        ReleaseBuffers();
        _fd.Dispose();
    }

    // The same few names for all connections of a process.
    private static byte[] SenderBytes(string name)
    {
        byte[]? last = s_lastSender;
        if (last is not null && last.Length == name.Length && Ascii.Equals(last, name)) { return last; }
        return s_lastSender = Encoding.ASCII.GetBytes(name);
    }

    private void End(CloseReason reason, string detail)
    {
        if (_state == State.Closed) { return; }
        _state = State.Closed;
        _owner.OnClosed(this, reason, detail);
        Dispose();
    }

    // A peer that fails us while we send cannot be ended here: the sender may be walking over its connections.
    private void Doom(CloseReason reason, string detail = "")
    {
        if (_doomed) { return; }
        _doomed = true;
        _doom = reason;
        _doomDetail = detail;
        DropOutput();
        _ = LibC.shutdown(_fd.Value, LibC.SHUT_RDWR);   // the loop wakes up with a hang-up
    }

    private void ReleaseBuffers()
    {
        if (_in is not null && !_inDispatch) { BytePool.Return(_in); }   // else a message still points into it
        _in = null;
        _inLength = 0;
        DropPendingFds();
        DropOutput();
        _calls = null;
    }

    private string Describe(Errno error) => string.Create(CultureInfo.InvariantCulture, $"{_state}: {error}");
}
