using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire.Tests;

/// <summary>A loop on a thread of its own, so that real programs can talk to the library: poll(2) over a listener and its connections.</summary>
public sealed class TestLoop : IBusConnectionOwner, IDisposable
{
    private readonly List<BusConnection> _connections = [];
    private readonly Action<BusConnection, Message> _onMessage;
    private readonly OwnedFd? _listener;
    private readonly Thread _thread;
    private volatile bool _stop;

    /// <param name="listener">Non-blocking; null when there are only given connections.</param>
    public TestLoop(OwnedFd? listener, Action<BusConnection, Message> onMessage, params OwnedFd[] buses)
    {
        _listener = listener;
        _onMessage = onMessage;
        foreach (OwnedFd bus in buses) { _connections.Add(BusConnection.Connect(bus, BusRole.Bus, this)); }
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public List<string> Log { get; } = [];

    public Action<BusConnection>? Ready { get; init; }

    public Exception? Failure { get; private set; }

    public void OnReady(BusConnection connection) => Ready?.Invoke(connection);

    public void OnMessage(BusConnection connection, Message message) => _onMessage(connection, message);

    public void OnReply(BusConnection connection, ReplyTag tag, Message reply)
    {
        MessageReader r = reply.Reader;
        string signature = System.Text.Encoding.ASCII.GetString(reply.BodySignature);
        lock (Log) { Log.Add($"{tag.Kind} {reply.Type} {WireValue.Print(WireValue.ReadAll(ref r, signature))}"); }
    }

    public void OnInterestChanged(BusConnection connection)
    {
    }

    public void OnClosed(BusConnection connection, CloseReason reason, string detail)
    {
        _connections.Remove(connection);
        lock (Log) { Log.Add($"closed {reason} {detail}"); }
    }

    public string[] Seen()
    {
        lock (Log) { return [.. Log]; }
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        foreach (BusConnection connection in _connections) { connection.Dispose(); }
        _listener?.Dispose();
    }

    [DllImport("libc")]
    private static extern unsafe int poll(PollFd* fds, nuint count, int timeoutMs);

    private unsafe void Run()
    {
        try
        {
            PollFd* fds = stackalloc PollFd[64];
            while (!_stop)
            {
                BusConnection[] now = [.. _connections];
                for (int i = 0; i < now.Length; i++)
                {
                    fds[i] = new PollFd { Fd = now[i].Fd.Value, Events = (short)((now[i].WantsRead ? 1 : 0) | (now[i].WantsWrite ? 4 : 0)) };
                }
                fds[now.Length] = new PollFd { Fd = _listener?.Value ?? -1, Events = 1 };
                if (poll(fds, (nuint)now.Length + 1, 50) <= 0) { continue; }
                for (int i = 0; i < now.Length; i++)
                {
                    if ((fds[i].Ready & 4) != 0) { now[i].OnWritable(); }
                    if ((fds[i].Ready & ~4) != 0) { now[i].OnReadable(); }
                }
                if (fds[now.Length].Ready != 0) { AcceptAll(); }
            }
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    private void AcceptAll()
    {
        while (Sys.Accept(_listener!.Fd) is { Failed: false } accepted)
        {
            _connections.Add(BusConnection.Accept(accepted.Value, static peer => peer.uid == LibC.geteuid(), "org.freedesktop.systemd1", this).Value);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Fd;
        public short Events;
        public short Ready;
    }
}
