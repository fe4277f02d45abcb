using SysMaster.DBus.Wire;

namespace SysMaster.Core.Directives;

/// <summary><c>CPUAffinityFromNUMA</c>.</summary>
public sealed class FromNumaKind() : ViewKind<CpuSet>("b", CpuSet.Empty)
{
    public override void Write(CpuSet value, MessageWriter to) => to.WriteBoolean(value.FromNuma);

    public override ParseOutcome Read(ref MessageReader from, CpuSet current, ParseContext ctx, out CpuSet result)
    {
        result = new CpuSet(current.Bits, from.ReadBoolean());
        return ParseOutcome.Set;
    }
}
