using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>The soft half of a limit on the bus (<c>LimitCPUSoft</c>).</summary>
public sealed class SoftLimitKind() : ScalarKind<Rlimit>("t", "")
{
    public override ParseOutcome Read(ref MessageReader from, Rlimit current, ref ParseContext ctx, out Rlimit result)
    {
        ulong soft = from.ReadUInt64();
        result = current with { Soft = soft, Hard = Math.Max(soft, current.Hard) };
        return ParseOutcome.Set;
    }

    public override void Print(Rlimit value, ref ByteBuilder to) => to.AppendDecimal(value.Soft);

    public override void Write(Rlimit value, MessageWriter to) => to.WriteUInt64(value.Soft);

    protected override bool TryParse(ReadOnlySpan<byte> value, ref ParseContext ctx, out Rlimit result)
    {
        result = default;
        return false;
    }

    protected override bool TryRead(ref MessageReader from, ref ParseContext ctx, out Rlimit result)
    {
        ulong soft = from.ReadUInt64();
        result = new Rlimit(soft, soft);
        return true;
    }
}
