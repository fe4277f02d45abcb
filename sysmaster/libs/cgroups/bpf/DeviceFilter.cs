using static SysMaster.Cgroups.BpfCode;

namespace SysMaster.Cgroups;

/// <summary>DeviceAllow= and DevicePolicy= as a program: what a rule allows in full is allowed, all else is refused.</summary>
public static class DeviceFilter
{
    private const uint Block = 1, Character = 2;   // BPF_DEVCG_DEV_*

    /// <summary>The context is struct bpf_cgroup_dev_ctx: type in the low half of its first word, access in the high half; major, minor.</summary>
    public static byte[] Compile(ReadOnlySpan<DeviceRule> rules)
    {
        var code = new BpfCode();
        code.Load(R2, R1, 0);
        code.Copy(R3, R2);
        code.And(R2, 0xffff);
        code.ShiftRight(R3, 16);
        code.Load(R4, R1, 4);
        code.Load(R5, R1, 8);
        Span<int> jumps = stackalloc int[4];
        foreach (DeviceRule rule in rules)
        {
            int n = 0;
            jumps[n++] = code.SkipUnless(R2, rule.IsBlock ? Block : Character);
            code.Copy(R1, R3);
            code.And(R1, (uint)rule.Access);
            jumps[n++] = code.SkipUnlessSame(R1, R3);
            if (rule.Major is uint major) { jumps[n++] = code.SkipUnless(R4, major); }
            if (rule.Minor is uint minor) { jumps[n++] = code.SkipUnless(R5, minor); }
            code.Exit(1);
            foreach (int jump in jumps[..n]) { code.Land(jump); }
        }
        code.Exit(0);
        return code.ToBytes();
    }
}
