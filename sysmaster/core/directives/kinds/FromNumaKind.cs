using SysMaster.DBus.Wire;

namespace SysMaster.Core.Directives;

/// <summary><c>CPUAffinityFromNUMA</c>.</summary>
public sealed class FromNumaKind() : ViewKind<CpuMask>("b", CpuMask.Empty)
{
    public override void Write(CpuMask value, MessageWriter to) => to.WriteBoolean(value.FromNuma);

    public override ParseOutcome Read(ref MessageReader from, CpuMask current, ParseContext ctx, out CpuMask result)
    {
        result = new CpuMask(current.Bits, from.ReadBoolean());
        return ParseOutcome.Set;
    }
}
