using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>SocketProtocol=: the two protocols that are not the default ones of their type.</summary>
internal sealed class SocketProtocolKind() : ScalarKind<int>("i", "Failed to parse socket protocol, ignoring: ")
{
    private const int IPPROTO_SCTP = 132, IPPROTO_UDPLITE = 136, IPPROTO_MPTCP = 262;

    public override void Print(int value, ref ByteBuilder to)
        => to.Append(value switch { IPPROTO_SCTP => "sctp"u8, IPPROTO_UDPLITE => "udplite"u8, IPPROTO_MPTCP => "mptcp"u8, _ => default });

    public override void Write(int value, MessageWriter to) => to.WriteInt32(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out int result)
    {
        result = value.SequenceEqual("sctp"u8) ? IPPROTO_SCTP : value.SequenceEqual("udplite"u8) ? IPPROTO_UDPLITE : value.SequenceEqual("mptcp"u8) ? IPPROTO_MPTCP : 0;
        return result != 0;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out int result)
        => (result = from.ReadInt32()) is 0 or IPPROTO_SCTP or IPPROTO_UDPLITE or IPPROTO_MPTCP;
}
