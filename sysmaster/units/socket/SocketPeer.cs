using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>
/// One connection of an Accept=yes socket as names: the instance of the service that will have it ("5-10.0.0.1:22-10.0.0.2:4711",
/// "5-PID-UID"), the peer for the description, the variables of the service, and the source that connections are counted by.
/// </summary>
internal readonly record struct SocketPeer(string Instance, string Text, string? Address, uint Port, string? Source)
{
    /// <param name="number">NAccepted so far.</param>
    /// <param name="connection">As accept(2) gave it.</param>
    /// <returns>ENOTCONN when the peer has gone already.</returns>
    public static Result<SocketPeer> Of(uint number, Fd connection)
    {
        Result<byte[]> local = Sys.SocketName(connection, peer: false), remote = Sys.SocketName(connection, peer: true);
        if (local.Failed) { return local.Error; }
        if (remote.Failed) { return remote.Error; }
        int family = local.Value.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(local.Value);
        string n = number.ToString(CultureInfo.InvariantCulture);
        switch (family)
        {
            case LibC.AF_INET or LibC.AF_INET6 when remote.Value.Length >= 16:
            {
                string here = Host(local.Value), there = Host(remote.Value);
                uint port = IpPort(remote.Value);
                string text = there.Contains(':', StringComparison.Ordinal) ? $"[{there}]:{port}" : $"{there}:{port}";
                return new SocketPeer($"{n}-{here}:{IpPort(local.Value)}-{there}:{port}", text, there, port, there);
            }
            case LibC.AF_UNIX:
            {
                Result<ucred> peer = Sys.PeerCredentials(connection);
                return peer.Failed || peer.Value.pid <= 0
                    ? new SocketPeer($"{n}-unknown", "unknown", null, 0, null)
                    : new SocketPeer($"{n}-{peer.Value.pid}-{peer.Value.uid}", $"PID {peer.Value.pid}/UID {peer.Value.uid}", null, 0, null);
            }
            case LibC.AF_VSOCK when remote.Value.Length >= 12:
            {
                uint cid = Word(remote.Value, 8), port = Word(remote.Value, 4);
                return new SocketPeer($"{n}-{Word(local.Value, 8)}:{Word(local.Value, 4)}-{cid}:{port}", $"vsock:{cid}:{port}", null, 0, $"vsock:{cid}");
            }
            default:
                return Errno.EAFNOSUPPORT;
        }
    }

    /// <summary>sockaddr_in or sockaddr_in6; IPv4 peers of an IPv6 socket are shown as IPv4.</summary>
    private static unsafe string Host(byte[] address)
    {
        int family = BinaryPrimitives.ReadUInt16LittleEndian(address);
        ReadOnlySpan<byte> raw = family == LibC.AF_INET ? address.AsSpan(4, 4) : address.AsSpan(8, 16);
        if (raw.Length == 16 && raw[..12].SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]))
        {
            raw = raw[12..];
            family = LibC.AF_INET;
        }
        byte* text = stackalloc byte[64];
        fixed (byte* p = raw) { _ = LibC.inet_ntop(family, p, text, 64); }
        return Encoding.ASCII.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
    }

    private static uint IpPort(byte[] address) => BinaryPrimitives.ReadUInt16BigEndian(address.AsSpan(2));

    private static uint Word(byte[] address, int at) => BinaryPrimitives.ReadUInt32LittleEndian(address.AsSpan(at));
}
