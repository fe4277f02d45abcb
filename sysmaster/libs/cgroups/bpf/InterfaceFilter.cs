using SysMaster.Linux;
using static SysMaster.Cgroups.BpfCode;

namespace SysMaster.Cgroups;

/// <summary>RestrictNetworkInterfaces= as a program, the same for both directions: packets of the named interfaces only, or of all others.</summary>
public static class InterfaceFilter
{
    private const short Interface = 40;   // ifindex of struct __sk_buff

    /// <summary>if_nametoindex(3): asks the kernel, and nobody else.</summary>
    /// <returns>0 where there is no interface of that name.</returns>
    public static unsafe uint IndexOf(ByteText name)
    {
        fixed (byte* p = name.CString) { return LibC.if_nametoindex(p); }
    }

    public static byte[] Compile(bool isAllow, ReadOnlySpan<uint> interfaces)
    {
        var code = new BpfCode();
        code.Load(R2, R1, Interface);
        foreach (uint index in interfaces)
        {
            int other = code.SkipUnless(R2, index);
            code.Exit(isAllow ? 1 : 0);
            code.Land(other);
        }
        code.Exit(isAllow ? 0 : 1);
        return code.ToBytes();
    }
}
