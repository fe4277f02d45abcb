using SysMaster.Core;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// Who may do what. Root may; the manager's own user may on its own manager; others are what polkit says, and nobody on a user's. On the message bus the caller's
/// user is asked of the bus once for each unique name, which is never given to anybody else. While an answer is awaited the call is data:
/// the message itself, dispatched again later.
/// </summary>
internal sealed class Authority(BusFront front) : IBusAccess
{
    private const int PendingMax = 1024;
    private const int PeersMax = 4096;
    private const string Polkit = "org.freedesktop.PolicyKit1";

    private readonly Dictionary<string, Peer> _peers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Waiting> _waiting = [];
    private readonly MessageWriter _writer = new();

    private readonly record struct Peer(uint Uid, int Pid);

    /// <param name="Reply">Where a refusal goes; null where the call was not begun yet.</param>
    private sealed record Waiting(BusConnection Connection, Message Message, PendingReply? Reply);

    public bool Allows(MethodCall call, int access, BusInterface declaration, string member)
    {
        if (call.IsAuthorized) { return true; }
        if (!KnowsPeer(call.Connection, call.Message))
        {
            AskPeer(call);
            return false;
        }
        if (IsRoot(call)) { return true; }
        string action = Access.ActionOf(access);
        if (action.Length == 0 || !front.Manager.IsSystem) { return false; }   // the tree says so
        AskPolkit(call, action, member);
        return false;
    }

    /// <summary>Root, or who the manager runs as.</summary>
    public bool IsRoot(MethodCall call)
        => call.IsAuthorized || (PeerOf(call.Connection, call.Message) is { } peer && (peer.Uid == 0 || peer.Uid == front.Manager.Options.Uid));

    /// <summary>Null as long as the bus was not asked: <see cref="EnsurePeer"/>.</summary>
    public uint? UidOf(MethodCall call) => PeerOf(call.Connection, call.Message)?.Uid;

    public int PidOf(BusConnection connection, Message message) => PeerOf(connection, message)?.Pid ?? 0;

    public bool KnowsPeer(BusConnection connection, Message message) => PeerOf(connection, message) is not null;

    /// <summary>Asks who the caller is, then dispatches the message (again).</summary>
    public void AskPeerFirst(BusConnection connection, Message message) => AskPeer(new Waiting(connection, message.Detach(), null), message.Sender);

    /// <summary>For a handler that must know its caller: false when the call has been put off until then.</summary>
    public bool EnsurePeer(MethodCall call)
    {
        if (KnowsPeer(call.Connection, call.Message)) { return true; }
        AskPeer(call);
        return false;
    }

    public void OnReply(ReplyTag tag, Message reply)
    {
        if (!_waiting.Remove(tag.Data, out Waiting? waiting)) { return; }
        front.Deferred.Remove(tag.Data);
        using var message = new Closing(waiting.Message);
        if (tag.Kind == BusTags.Credentials) { OnCredentials(waiting, reply); }
        else { OnPolkit(waiting, reply); }
    }

    public void OnBusClosed()
    {
        foreach ((long ticket, Waiting waiting) in _waiting)
        {
            front.Deferred.Remove(ticket);
            waiting.Message.CloseFds();
        }
        _waiting.Clear();
        _peers.Clear();
    }

    private readonly struct Closing(Message message) : IDisposable
    {
        public void Dispose() => message.CloseFds();
    }

    private Peer? PeerOf(BusConnection connection, Message message)
    {
        if (connection.Role == BusRole.Server) { return new Peer(connection.Credentials.uid, connection.Credentials.pid); }
        return _peers.TryGetValue(System.Text.Encoding.ASCII.GetString(message.Sender), out Peer peer) ? peer : null;
    }

    private void AskPeer(MethodCall call)
    {
        Message copy = call.Message.Detach();
        AskPeer(new Waiting(call.Connection, copy, call.Defer()), copy.Sender);
    }

    private void AskPeer(Waiting waiting, ReadOnlySpan<byte> sender)
    {
        BusCalls.GetConnectionCredentials(_writer, System.Text.Encoding.ASCII.GetString(sender));
        Keep(waiting, BusTags.Credentials);
    }

    private void Keep(Waiting waiting, int kind)
    {
        long ticket = front.Deferred.Add(waiting.Connection, waiting.Message);
        if (_waiting.Count >= PendingMax || front.Bus is not { } bus || bus.Call(_writer, new ReplyTag(kind, ticket)) == 0)
        {
            waiting.Reply?.Error(_writer, BusErrors.LimitsExceeded, "Too many requests wait for authorization.");
            front.Deferred.Remove(ticket);
            waiting.Message.CloseFds();
            return;
        }
        _waiting[ticket] = waiting;
    }

    private void OnCredentials(Waiting waiting, Message reply)
    {
        uint? uid = null;
        int pid = 0;
        if (reply.Type == MessageType.MethodReturn && reply.BodySignature.SequenceEqual("a{sv}"u8))
        {
            MessageReader reader = reply.Reader;
            ArrayToken array = reader.BeginArray(8);
            while (reader.HasNext(array))
            {
                reader.BeginStruct();
                ReadOnlySpan<byte> key = reader.ReadString();
                ReadOnlySpan<byte> type = reader.BeginVariant();
                if (key.SequenceEqual("UnixUserID"u8) && type.SequenceEqual("u"u8)) { uid = reader.ReadUInt32(); }
                else if (key.SequenceEqual("ProcessID"u8) && type.SequenceEqual("u"u8)) { pid = (int)reader.ReadUInt32(); }
                else { reader.SkipValue(type); }
            }
            reader.EndArray(array);
        }
        if (uid is null) { return; }   // gone meanwhile: nobody waits for an answer
        if (_peers.Count >= PeersMax) { _peers.Clear(); }
        _peers[System.Text.Encoding.ASCII.GetString(waiting.Message.Sender)] = new Peer(uid.Value, pid);
        front.OnMessage(waiting.Connection, waiting.Message, authorized: false);
    }

    /// <summary>CheckAuthorization((sa{sv}) subject, s action, a{ss} details, u flags, s cancellation) → (bba{ss}).</summary>
    private void AskPolkit(MethodCall call, string action, string member)
    {
        Message copy = call.Message.Detach();
        (string unit, string verb) = PolkitDetails.Of(call, member);
        PendingReply later = call.Defer();
        _writer.BeginCall(Polkit, "/org/freedesktop/PolicyKit1/Authority", "org.freedesktop.PolicyKit1.Authority", "CheckAuthorization", "(sa{sv})sa{ss}us");
        _writer.BeginStruct();
        _writer.WriteString("system-bus-name");
        ArrayMark subject = _writer.BeginArray(8);
        _writer.BeginStruct();
        _writer.WriteString("name");
        _writer.BeginVariant("s"u8);
        _writer.WriteString(later.Sender);
        _writer.EndArray(subject);
        _writer.WriteString(action);
        ArrayMark details = _writer.BeginArray(8);
        if (unit.Length > 0)
        {
            WriteDetail("unit", unit);
            WriteDetail("verb", verb);
            WriteDetail("polkit.message", PolkitDetails.MessageOf(verb));
            WriteDetail("polkit.gettext_domain", "systemd");
        }
        _writer.EndArray(details);
        _writer.WriteUInt32(call.MayInteract ? 1u : 0u);
        _writer.WriteString("");
        Keep(new Waiting(call.Connection, copy, later), BusTags.Polkit);
    }

    private void WriteDetail(string key, string value)
    {
        _writer.BeginStruct();
        _writer.WriteString(key);
        _writer.WriteString(value);
    }

    private void OnPolkit(Waiting waiting, Message reply)
    {
        bool allowed = false, challenge = false;
        if (reply.Type == MessageType.MethodReturn && reply.BodySignature.SequenceEqual("(bba{ss})"u8))
        {
            MessageReader reader = reply.Reader;
            reader.BeginStruct();
            allowed = reader.ReadBoolean();
            challenge = reader.ReadBoolean();
        }
        if (allowed) { front.OnMessage(waiting.Connection, waiting.Message, authorized: true); }
        else if (challenge) { waiting.Reply?.Error(_writer, BusErrors.InteractiveAuthorizationRequired, "Interactive authentication required."); }
        else { waiting.Reply?.Error(_writer, BusErrors.AccessDenied, "Permission denied"); }
    }
}
