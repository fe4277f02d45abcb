namespace SysMaster.UnitFiles;

/// <summary>"10.0.0.0/8", "fe80::/64": IPAddressAllow=. Bits behind the prefix are cleared.</summary>
/// <param name="Address">The network.</param>
/// <param name="Length">Bits that count.</param>
public readonly record struct IpPrefix(IpAddressText Address, int Length)
{
    /// <summary>Without "/length" all bits count.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpPrefix prefix)
    {
        prefix = default;
        int slash = text.IndexOf((byte)'/');
        if (!IpAddressText.TryParse(slash < 0 ? text : text[..slash], out IpAddressText address)) { return false; }
        int length = address.BitCount;
        if (slash >= 0 && !BoundedNumber.TryParse(text[(slash + 1)..], 0, address.BitCount, out length)) { return false; }
        int drop = address.BitCount - length;
        UInt128 bits = drop == 128 ? 0 : address.Bits >> drop << drop;
        prefix = new IpPrefix(new IpAddressText(address.Family, bits), length);
        return true;
    }

    /// <summary>Adds what one word of IPAddressAllow= stands for: "any", "localhost", "link-local", "multicast", or a prefix.</summary>
    public static bool TryAdd(ReadOnlySpan<byte> word, List<IpPrefix> list)
    {
        if (word.SequenceEqual("any"u8)) { return Both("0.0.0.0/0"u8, "::/0"u8, list); }
        if (word.SequenceEqual("localhost"u8)) { return Both("127.0.0.0/8"u8, "::1/128"u8, list); }
        if (word.SequenceEqual("link-local"u8)) { return Both("169.254.0.0/16"u8, "fe80::/64"u8, list); }
        if (word.SequenceEqual("multicast"u8)) { return Both("224.0.0.0/4"u8, "ff00::/8"u8, list); }
        if (!TryParse(word, out IpPrefix prefix)) { return false; }
        list.Add(prefix);
        return true;
    }

    public void AppendTo(ref ByteBuilder output)
    {
        Address.AppendTo(ref output);
        output.Append((byte)'/');
        output.AppendDecimal((ulong)Length);
    }

    private static bool Both(ReadOnlySpan<byte> v4, ReadOnlySpan<byte> v6, List<IpPrefix> list) => TryAdd(v4, list) && TryAdd(v6, list);
}
