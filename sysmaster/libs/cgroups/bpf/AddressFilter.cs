using System.Buffers.Binary;
using SysMaster.UnitFiles;
using static SysMaster.Cgroups.BpfCode;

namespace SysMaster.Cgroups;

/// <summary>
/// IPAddressAllow=, IPAddressDeny=, IPAccounting= as a program for one direction: counts the packet, then looks at the other end's address.
/// Allowed first, then denied, and what no list names passes. Lists are short, so they are code rather than maps.
/// </summary>
public static class AddressFilter
{
    private const int LookUp = 1, LoadBytes = 26;         // BPF_FUNC_*
    private const short Protocol = 16;                    // struct __sk_buff
    private const uint Ipv4 = 0x0008, Ipv6 = 0xdd86;      // ETH_P_* as they lie in memory
    private const short Address = -16, Key = -20;         // of the frame

    /// <param name="counters">Index 0 counts packets, 1 bytes; -1 for none.</param>
    public static byte[] Compile(bool egress, ReadOnlySpan<IpPrefix> allow, ReadOnlySpan<IpPrefix> deny, int counters)
    {
        var code = new BpfCode();
        code.Copy(R6, R1);
        if (counters >= 0)
        {
            code.Set(R7, 1);
            Count(code, counters, 0);
            code.Load(R7, R6, 0);   // len
            Count(code, counters, 1);
        }
        if (deny.Length > 0)
        {
            code.Load(R7, R6, Protocol);
            Family(code, IpAddressText.V4, Ipv4, egress ? 16 : 12, 4, allow, deny);
            Family(code, IpAddressText.V6, Ipv6, egress ? 24 : 8, 16, allow, deny);
        }
        code.Exit(1);
        return code.ToBytes();
    }

    private static void Count(BpfCode code, int counters, int index)
    {
        code.Store(Frame, Key, index);
        code.Copy(R2, Frame);
        code.Increase(R2, Key);
        code.LoadMap(R1, counters);
        code.CallHelper(LookUp);
        int there = code.SkipUnlessZero(R0);
        int missing = code.Skip();
        code.Land(there);
        code.AddAtomically(R0, 0, R7);
        code.Land(missing);
    }

    private static void Family(BpfCode code, int family, uint protocol, int offset, int length, ReadOnlySpan<IpPrefix> allow, ReadOnlySpan<IpPrefix> deny)
    {
        int other = code.SkipUnless(R7, protocol);
        code.Copy(R1, R6);
        code.Set(R2, offset);
        code.Copy(R3, Frame);
        code.Increase(R3, Address);
        code.Set(R4, length);
        code.CallHelper(LoadBytes);
        int whole = code.SkipUnlessZero(R0);
        int read = code.Skip();
        code.Land(whole);
        code.Exit(1);   // too short to hold an address: not ours to judge
        code.Land(read);
        if (!Rules(code, family, allow, 1) && !Rules(code, family, deny, 0)) { code.Exit(1); }
        code.Land(other);
    }

    /// <returns>Whether the list names all addresses: the kernel takes no program with instructions that cannot be reached.</returns>
    private static bool Rules(BpfCode code, int family, ReadOnlySpan<IpPrefix> list, int verdict)
    {
        Span<byte> address = stackalloc byte[16];
        Span<int> jumps = stackalloc int[4];
        foreach (IpPrefix prefix in list)
        {
            if (prefix.Address.Family != family) { continue; }
            prefix.Address.CopyTo(address);
            int n = 0;
            for (int bits = prefix.Length, word = 0; bits > 0; bits -= 32, word++)
            {
                uint mask = BinaryPrimitives.ReverseEndianness(bits >= 32 ? uint.MaxValue : ~(uint.MaxValue >> bits));
                code.Load(R2, Frame, (short)(Address + (word * 4)));
                code.And(R2, mask);
                jumps[n++] = code.SkipUnless(R2, BinaryPrimitives.ReadUInt32LittleEndian(address[(word * 4)..]));
            }
            code.Exit(verdict);
            if (n == 0) { return true; }
            foreach (int jump in jumps[..n]) { code.Land(jump); }
        }
        return false;
    }
}
