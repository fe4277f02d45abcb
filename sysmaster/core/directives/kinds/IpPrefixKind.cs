using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Addresses with prefix lengths, or the words any, localhost, link-local, multicast. Lines add up.</summary>
public sealed class IpPrefixKind() : ListKind<IpPrefix>("a(iayu)")
{
    protected override bool Add(ReadOnlySpan<byte> value, List<IpPrefix> items, ParseContext ctx)
    {
        using var words = new Words(value, WordFlags.Unquote);
        bool any = false;
        while (words.Next(out ReadOnlySpan<byte> word))
            any |= AddWord(word, items, ctx);
        return any;
    }

    /// <summary>One a line.</summary>
    public override void PrintLines(string name, IpPrefix[] value, ref ByteBuilder to)
    {
        foreach (IpPrefix item in value)
        {
            to.AppendAscii(name);
            to.Append((byte)'=');
            PrintItem(item, ref to);
            to.Append((byte)'\n');
        }
        if (value.Length == 0) { base.PrintLines(name, value, ref to); }
    }

    protected override void Merge(List<IpPrefix> items, IpPrefix item)
    {
        if (!items.Contains(item))
            items.Add(item);
    }

    protected override SetForm Form => SetForm.Whole;

    protected override void PrintItem(IpPrefix item, ref ByteBuilder to) => item.AppendTo(ref to);

    protected override void WriteItem(IpPrefix item, MessageWriter to)
    {
        Span<byte> address = stackalloc byte[16];
        item.Address.CopyTo(address);
        to.WriteInt32(item.Address.Family);
        to.WriteBytes(address[..(item.Address.BitCount / 8)]);
        to.WriteUInt32((uint)item.Length);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out IpPrefix item)
    {
        item = default;
        int family = from.ReadInt32();
        ReadOnlySpan<byte> address = from.ReadBytes();
        uint length = from.ReadUInt32();
        if (family is not (IpAddressText.V4 or IpAddressText.V6))
            return ctx.Refuse($"{ctx.Property}= expects IPv4 or IPv6 addresses only.");
        string word = family == IpAddressText.V4 ? "AF_INET" : "AF_INET6";
        int size = family == IpAddressText.V4 ? 4 : 16;
        if (address.Length != size)
            return ctx.Refuse($"IP address has wrong size for family ({word}, expected {size}, got {address.Length})");
        if (length > size * 8)
            return ctx.Refuse($"Prefix length {length} too large for address family {word}.");
        UInt128 bits = 0;
        foreach (byte b in address)
            bits = (bits << 8) | b;
        item = new IpPrefix(new IpAddressText(family, bits), (int)length);
        return true;
    }

    /// <summary>A client's list is kept without what another prefix of it covers.</summary>
    public override ParseOutcome Read(ref MessageReader from, IpPrefix[] current, ParseContext ctx, out IpPrefix[] result)
    {
        ParseOutcome outcome = base.Read(ref from, current, ctx, out IpPrefix[] all);
        result = Array.FindAll(all, item => !Array.Exists(all, other => other.Length < item.Length && Covers(other, item)));
        return outcome;
    }

    private static bool Covers(IpPrefix wide, IpPrefix narrow)
    {
        if (wide.Address.Family != narrow.Address.Family) { return false; }
        int host = wide.Address.BitCount - wide.Length;
        return host == wide.Address.BitCount || wide.Address.Bits >> host == narrow.Address.Bits >> host;
    }

    private bool AddWord(ReadOnlySpan<byte> word, List<IpPrefix> items, ParseContext ctx)
    {
        var found = new List<IpPrefix>();
        bool ok = IpPrefix.TryAdd(word, found);
        if (!ok)
            ctx.Warn("Address prefix is invalid, ignoring assignment: ", word);
        foreach (IpPrefix prefix in found)
            Merge(items, prefix);
        return ok;
    }
}
