using static SysMaster.Cgroups.BpfCode;

namespace SysMaster.Cgroups;

/// <summary>SocketBindAllow= and SocketBindDeny= as a program for one family of addresses: allowed first, then denied, and what no list names passes.</summary>
public static class BindFilter
{
    private const short Port = 24, Protocol = 36;   // struct bpf_sock_addr

    /// <param name="family">AF_INET or AF_INET6: that of the place it is attached to.</param>
    /// <param name="allow">Rules of other families are passed over.</param>
    /// <param name="deny">As well.</param>
    public static byte[] Compile(int family, ReadOnlySpan<BindRule> allow, ReadOnlySpan<BindRule> deny)
    {
        var code = new BpfCode();
        code.Load(R2, R1, Port);
        code.SwapFromNetwork16(R2);
        code.Load(R3, R1, Protocol);
        if (!Rules(code, family, allow, 1) && !Rules(code, family, deny, 0)) { code.Exit(1); }
        return code.ToBytes();
    }

    /// <returns>Whether a rule names all there is: the kernel takes no program with instructions that cannot be reached.</returns>
    private static bool Rules(BpfCode code, int family, ReadOnlySpan<BindRule> rules, int verdict)
    {
        Span<int> jumps = stackalloc int[3];
        foreach (BindRule rule in rules)
        {
            if (rule.Family != 0 && rule.Family != family) { continue; }
            int n = 0;
            if (rule.Protocol != 0) { jumps[n++] = code.SkipUnless(R3, (uint)rule.Protocol); }
            if (rule.Count > 0)
            {
                jumps[n++] = code.SkipIfBelow(R2, rule.Port);
                jumps[n++] = code.SkipIfAbove(R2, (uint)rule.Port + rule.Count - 1);
            }
            code.Exit(verdict);
            if (n == 0) { return true; }
            foreach (int jump in jumps[..n]) { code.Land(jump); }
        }
        return false;
    }
}
