using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>SocketBindAllow= and SocketBindDeny=: [ipv4:|ipv6:][tcp:|udp:]ports, or "any"; one a line.</summary>
public sealed class SocketBindKind() : LineListKind<SocketBindRule>("a(iiqq)")
{
    private const int AF_INET = 2, AF_INET6 = 10, IPPROTO_TCP = 6, IPPROTO_UDP = 17;

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out SocketBindRule item)
    {
        bool ok = TryRule(value, out item);
        if (!ok)
            ctx.Warn("Unable to parse {0}= assignment, ignoring: ", value);
        return ok;
    }

    protected override void PrintItem(SocketBindRule item, ref ByteBuilder to)
    {
        to.Append(item.Family switch { AF_INET => "ipv4:"u8, AF_INET6 => "ipv6:"u8, _ => default });
        to.Append(item.Protocol switch { IPPROTO_TCP => "tcp:"u8, IPPROTO_UDP => "udp:"u8, _ => default });
        if (item.Count == 0)
        {
            to.Append("any"u8);
            return;
        }
        to.AppendDecimal((ulong)item.Port);
        if (item.Count > 1)
        {
            to.Append((byte)'-');
            to.AppendDecimal((ulong)(item.Port + item.Count - 1));
        }
    }

    /// <summary>The last one first.</summary>
    public override void PrintSet(string name, SocketBindRule[] sent, SocketBindRule[] held, ref ByteBuilder to)
    {
        SocketBindRule[] reversed = [.. held];
        Array.Reverse(reversed);
        PrintLines(name, reversed, ref to);
    }

    /// <summary>The last line first, as systemd lists them.</summary>
    public override void Write(SocketBindRule[] value, MessageWriter to)
    {
        SocketBindRule[] reversed = [.. value];
        Array.Reverse(reversed);
        base.Write(reversed, to);
    }

    protected override void WriteItem(SocketBindRule item, MessageWriter to)
    {
        to.WriteInt32(item.Family);
        to.WriteInt32(item.Protocol);
        to.WriteUInt16(item.Count);
        to.WriteUInt16(item.Port);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out SocketBindRule item)
    {
        int family = from.ReadInt32(), protocol = from.ReadInt32();
        ushort count = from.ReadUInt16();
        item = new(family, protocol, count, from.ReadUInt16());
        if (family is not (0 or AF_INET or AF_INET6))
            return ctx.Refuse($"{ctx.Property}= expects INET or INET6 family, if specified.");
        if (protocol is not (0 or IPPROTO_TCP or IPPROTO_UDP))
            return ctx.Refuse($"{ctx.Property}= expects TCP or UDP protocol, if specified.");
        return count == 0 || item.Port > 0 || ctx.Refuse($"{ctx.Property}= expects port range starting with positive value.");
    }

    private static bool TryRule(ReadOnlySpan<byte> value, out SocketBindRule rule)
    {
        int family = 0, protocol = 0;
        rule = default;
        if (value.StartsWith("ipv4"u8) || value.StartsWith("ipv6"u8))
        {
            family = value[3] == (byte)'4' ? AF_INET : AF_INET6;
            value = value[4..];
            if (value.IsEmpty)
                return Take(new(family, 0, 0, 0), out rule);
            if (value[0] != (byte)':')
                return false;
            value = value[1..];
        }
        if (value.StartsWith("tcp"u8) || value.StartsWith("udp"u8))
        {
            protocol = value[0] == (byte)'t' ? IPPROTO_TCP : IPPROTO_UDP;
            value = value[3..];
            if (value.IsEmpty)
                return Take(new(family, protocol, 0, 0), out rule);
            if (value[0] != (byte)':')
                return false;
            value = value[1..];
        }
        if (value.SequenceEqual("any"u8))
            return Take(new(family, protocol, 0, 0), out rule);
        int dash = value.IndexOf((byte)'-');
        if (!Numbers.TryPlain(dash < 0 ? value : value[..dash], out ulong low) || !Numbers.TryPlain(dash < 0 ? value : value[(dash + 1)..], out ulong high))
            return false;
        return low is > 0 and <= 65535 && high <= 65535 && low <= high && Take(new(family, protocol, (ushort)(high - low + 1), (ushort)low), out rule);
    }

    private static bool Take(SocketBindRule made, out SocketBindRule rule)
    {
        rule = made;
        return true;
    }
}
