using SysMaster.Core.Boot;
using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>ConditionCPUs=, ConditionMemory= (an operator and a number; at least, without one), ConditionCPUFeature=.</summary>
internal static class ResourceTests
{
    /// <summary>Names that systemd took from the manuals where the kernel has its own.</summary>
    private static readonly (string Name, string Flag)[] s_aliases = [("pclmul", "pclmulqdq"), ("fma3", "fma")];

    public static Result<bool> Cpus(ByteText parameter, SystemFacts facts)
    {
        ReadOnlySpan<char> text = parameter.ToString();
        CompareOperator op = Operator(ref text);
        return uint.TryParse(text, System.Globalization.NumberStyles.None, null, out uint wanted)
            ? Comparison.Numbers((ulong)Sys.CpusAllowed(), op, wanted)
            : Errno.EINVAL;
    }

    public static Result<bool> Memory(ByteText parameter, SystemFacts facts)
    {
        ReadOnlySpan<char> text = parameter.ToString();
        CompareOperator op = Operator(ref text);
        return SizeText.ParseOrNull(text) is { } wanted ? Comparison.Numbers(facts.PhysicalMemory, op, wanted) : Errno.EINVAL;
    }

    public static Result<bool> CpuFeature(ByteText parameter, SystemFacts facts)
    {
        if (LibC.IsArm64) { return false; }   // as systemd: the names are x86's
        string? flags = SmallFile.FieldOrNull("/proc/cpuinfo", "flags");
        string wanted = parameter.ToString();
        foreach ((string name, string flag) in s_aliases)
        {
            if (wanted.Equals(flag, StringComparison.OrdinalIgnoreCase)) { return false; }
            if (wanted.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                wanted = flag;
                break;
            }
        }
        return $" {flags} ".Contains($" {wanted} ", StringComparison.OrdinalIgnoreCase);
    }

    private static CompareOperator Operator(ref ReadOnlySpan<char> text)
    {
        CompareOperator op = Comparison.Take(ref text);
        text = text.Trim();
        return op == CompareOperator.None ? CompareOperator.GreaterOrEqual : op;
    }
}
