using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Varlink;

/// <summary>
/// One connection: calls come in, each closed by a NUL, and are answered in order. Who sends what is no call, a message without an end, or
/// goes without reading is cut off; nothing is read from a client that has not taken its last replies.
/// </summary>
public sealed class VarlinkClient : IFdObserver, IDisposable
{
    /// <summary>Bytes of one message.</summary>
    private const int LongestMessage = 64 * 1024;

    /// <summary>Bytes of what a client has not taken of a call that goes on.</summary>
    private const int MostPending = 4 << 20;

    private readonly OwnedFd _socket;
    private readonly FdSource _source;
    private readonly VarlinkServer _server;
    private byte[] _input = new byte[1024];
    private int _filled;
    private ReadOnlyMemory<byte> _output;

    internal VarlinkClient(VarlinkServer server, OwnedFd socket)
    {
        (_server, _socket) = (server, socket);
        _source = new FdSource(socket.Fd, EventPriority.Bus, this);
    }

    /// <summary>Who made the connection; 0 if that is not known.</summary>
    public int Pid => Sys.PeerCredentials(_socket.Fd) is { Failed: false } peer ? peer.Value.pid : 0;

    /// <summary>Its call goes on: replies are added to it, and no other call is answered.</summary>
    public bool HasOpenCall { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Of those that have nothing to wait for, the one who was silent longest may be sent away for another.</summary>
    internal long LastHeard { get; private set; } = Environment.TickCount64;

    internal Errno Watch(EventLoop loop) => loop.Add(_source, LibC.EPOLLIN);

    public void OnReady(FdSource source, uint ready)
    {
        LastHeard = Environment.TickCount64;
        bool isGood = _output.IsEmpty ? Read() : Send();
        // What came in together with the call before it waits for no new event.
        if (isGood && _output.IsEmpty && !HasOpenCall) { isGood = AnswerAll(); }
        if (!isGood) { _server.Remove(this); }
    }

    internal void KeepCallOpen() => HasOpenCall = true;

    /// <summary>One more reply to the call that goes on.</summary>
    internal void Add(VarlinkReply reply)
    {
        if (IsClosed) { return; }
        bool waits = !_output.IsEmpty;
        _output = waits ? (byte[])[.. _output.Span, .. reply.Bytes.Span] : reply.Bytes;
        if (_output.Length > MostPending) { Log.Warning($"A Varlink client has not taken {_output.Length} bytes of what it asked for: it is cut off."); }
        if (_output.Length > MostPending || (!waits && !Send())) { _server.Remove(this); }
    }

    public void Dispose()
    {
        IsClosed = true;
        _source.Dispose();
        _socket.Dispose();
    }

    private bool Read()
    {
        if (_filled == _input.Length) { Array.Resize(ref _input, Math.Min(_input.Length * 2, LongestMessage)); }
        Result<int> n = Sys.Read(_socket.Fd, _input.AsSpan(_filled));
        if (n.Failed) { return n.Error == Errno.EAGAIN || n.Error == Errno.EINTR; }
        _filled += n.Value;
        return n.Value > 0;
    }

    private bool AnswerAll()
    {
        int start = 0;
        bool isGood = true;
        while (isGood && _output.IsEmpty && !HasOpenCall && _input.AsSpan(start, _filled - start).IndexOf((byte)0) is >= 0 and var end)
        {
            isGood = Answer(_input.AsSpan(start, end));
            start += end + 1;
        }
        _input.AsSpan(start, _filled - start).CopyTo(_input);
        _filled -= start;
        if (isGood && _filled >= LongestMessage)
        {
            Log.Debug($"A Varlink client sent a message of more than {LongestMessage} bytes: it is cut off.");
            return false;
        }
        return isGood;
    }

    private bool Answer(ReadOnlySpan<byte> message)
    {
        if (!VarlinkCall.TryParse(message, out VarlinkCall call)) { return false; }
        var reply = new VarlinkReply();
        if (!_server.Service.Answer(this, call, reply)) { NotFound(call.Method, reply); }
        if (call.Oneway) { return true; }
        _output = reply.Bytes;
        return Send();
    }

    // systemd 252 knows of no introspection yet, and says so of the one method that every service has to have.
    private static void NotFound(string method, VarlinkReply reply)
    {
        string error = method == "org.varlink.service.GetInfo" ? "MethodNotImplemented" : "MethodNotFound";
        reply.Error($"org.varlink.service.{error}", json => json.WriteString("method"u8, method));
    }

    private bool Send()
    {
        while (!_output.IsEmpty)
        {
            Result<int> n = Sys.Write(_socket.Fd, _output.Span);
            if (n.Failed && n.Error == Errno.EINTR) { continue; }
            if (n.Failed)
            {
                return n.Error == Errno.EAGAIN && !_server.Loop.Modify(_source, LibC.EPOLLOUT).Failed;
            }
            _output = _output[n.Value..];
        }
        return _source.Interest == LibC.EPOLLIN || !_server.Loop.Modify(_source, LibC.EPOLLIN).Failed;
    }
}
