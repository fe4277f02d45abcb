using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>A client of the manager's private socket that writes what it likes, byte by byte where a case needs it.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public RawPeer(Machine machine)
    {
        _socket.Connect(new UnixDomainSocketEndPoint($"/proc/{machine.Pid}/root/run/systemd/private"));
        Send("\0AUTH EXTERNAL 30\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n"u8);
    }

    /// <summary>A call of the manager's method, little-endian, with an optional string argument; the length of the body may be a lie.</summary>
    public static byte[] Call(string member, string? argument = null, uint? claimedLength = null)
    {
        var fields = new MemoryStream();
        Field(fields, 1, 'o', "/org/freedesktop/systemd1");
        Field(fields, 2, 's', "org.freedesktop.systemd1.Manager");
        Field(fields, 3, 's', member);
        if (argument is not null) { Field(fields, 8, 'g', "s"); }
        var body = new MemoryStream();
        if (argument is not null) { Text(body, argument); }
        var message = new MemoryStream();
        message.Write([(byte)'l', 1, 0, 1]);
        Number(message, claimedLength ?? (uint)body.Length);
        Number(message, 1);
        Number(message, (uint)fields.Length);
        fields.WriteTo(message);
        Pad(message);
        body.WriteTo(message);
        return message.ToArray();
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) { bytes = bytes[_socket.Send(bytes)..]; }
    }

    /// <summary>Sends until the other side takes no more for so long, or hangs up; the number of messages taken whole.</summary>
    public int SendUntilRefused(ReadOnlySpan<byte> message, int most, int milliseconds)
    {
        _socket.SendTimeout = milliseconds;
        for (int sent = 0; sent < most; sent++)
        {
            try { Send(message); }
            catch (SocketException) { return sent; }
        }
        return most;
    }

    /// <summary>Whether an answer with that text comes within the time.</summary>
    public bool Hears(string text, int milliseconds = 10000)
    {
        _socket.ReceiveTimeout = milliseconds;
        var heard = new StringBuilder();
        var buffer = new byte[65536];
        try
        {
            while (_socket.Receive(buffer) is > 0 and var n)
            {
                heard.Append(Encoding.Latin1.GetString(buffer, 0, n));
                if (heard.ToString().Contains(text, StringComparison.Ordinal)) { return true; }
            }
        }
        catch (SocketException) { return false; }
        return false;
    }

    /// <summary>Whether the manager hangs up within the time.</summary>
    public bool IsHungUp(int milliseconds = 10000)
    {
        _socket.ReceiveTimeout = milliseconds;
        var buffer = new byte[65536];
        try { while (_socket.Receive(buffer) > 0) { } }
        catch (SocketException e) { return e.SocketErrorCode == SocketError.ConnectionReset; }
        return true;
    }

    public void Dispose() => _socket.Dispose();

    private static void Field(MemoryStream to, byte code, char type, string value)
    {
        Pad(to);
        to.Write([code, 1, (byte)type, 0]);
        if (type == 'g')
        {
            to.WriteByte((byte)value.Length);
            to.Write(Encoding.ASCII.GetBytes(value + "\0"));
        }
        else { Text(to, value); }
    }

    private static void Text(MemoryStream to, string value)
    {
        Number(to, (uint)value.Length);
        to.Write(Encoding.ASCII.GetBytes(value + "\0"));
    }

    private static void Number(MemoryStream to, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        to.Write(bytes);
    }

    private static void Pad(MemoryStream to) => to.Write(new byte[(8 - to.Length % 8) % 8]);
}
