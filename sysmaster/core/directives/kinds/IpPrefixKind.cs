using System.Net;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Addresses with prefix lengths, or the words any, localhost, link-local, multicast. Lines add up.</summary>
public sealed class IpPrefixKind() : WordListKind<IpNetwork>("a(iayu)")
{
    private const int AF_INET = 2, AF_INET6 = 10;

    protected override bool Add(ReadOnlySpan<byte> value, List<IpNetwork> items, ParseContext ctx)
    {
        using var words = new Words(value, WordFlags.Unquote);
        bool any = false;
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            string expanded = word.SequenceEqual("any"u8) ? "0.0.0.0/0 ::/0" : word.SequenceEqual("localhost"u8) ? "127.0.0.0/8 ::1/128"
                : word.SequenceEqual("link-local"u8) ? "169.254.0.0/16 fe80::/64" : word.SequenceEqual("multicast"u8) ? "224.0.0.0/4 ff00::/8" : "";
            foreach (string known in expanded.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                any |= TryPrefix(known, items);
            if (expanded.Length > 0)
                continue;
            var text = new ByteBuilder(stackalloc byte[64]);
            bool ok = ctx.Expand(word, ref text);
            if (ok && !TryPrefix(text.ToString(), items))
                ctx.Warn("Address prefix is invalid, ignoring assignment: ", text.Written);
            else
                any |= ok;
            text.Dispose();
        }
        return any;
    }

    protected override void Merge(List<IpNetwork> items, IpNetwork item)
    {
        if (!items.Contains(item))
            items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out IpNetwork item)
    {
        var one = new List<IpNetwork>();
        bool ok = TryPrefix(System.Text.Encoding.UTF8.GetString(word), one);
        item = ok ? one[0] : null!;
        return ok;
    }

    protected override void PrintItem(IpNetwork item, ref ByteBuilder to)
    {
        to.AppendAscii(new IPAddress(item.Address).ToString());
        to.Append((byte)'/');
        to.AppendDecimal((ulong)item.Length);
    }

    protected override void WriteItem(IpNetwork item, MessageWriter to)
    {
        to.WriteInt32(item.Family);
        to.WriteBytes(item.Address);
        to.WriteUInt32(item.Length);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out IpNetwork item)
    {
        int family = from.ReadInt32();
        byte[] address = from.ReadBytes().ToArray();
        item = new(family, address, from.ReadUInt32());
        return (family == AF_INET && address.Length == 4 || family == AF_INET6 && address.Length == 16) && item.Length <= address.Length * 8;
    }

    private bool TryPrefix(string text, List<IpNetwork> items)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? text : text[..slash];
        bool v6 = host.Contains(':', StringComparison.Ordinal);
        if (host.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(host, out IPAddress? address) || !v6 && host.Split('.').Length != 4)
            return false;
        byte[] bytes = address.GetAddressBytes();
        uint length = (uint)bytes.Length * 8;
        if (slash >= 0 && (!uint.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out length) || length > bytes.Length * 8))
            return false;
        for (int bit = (int)length; bit < bytes.Length * 8; bit++)   // what is behind the prefix does not count
            bytes[bit / 8] &= (byte)~(0x80 >> (bit & 7));
        Merge(items, new(v6 ? AF_INET6 : AF_INET, bytes, length));
        return true;
    }
}
