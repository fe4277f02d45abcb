using SysMaster.DBus.Wire;

namespace SysMaster.Core.Directives;

/// <summary>The soft half of a limit on the bus (<c>LimitCPUSoft</c>).</summary>
public sealed class SoftLimitKind() : ViewKind<Rlimit>("t")
{
    public override ParseOutcome Read(ref MessageReader from, Rlimit current, ParseContext ctx, out Rlimit result)
    {
        ulong soft = from.ReadUInt64();
        result = new Rlimit(soft, current == Rlimit.None ? soft : Math.Max(soft, current.Hard));
        return ParseOutcome.Set;
    }

    public override void Write(Rlimit value, MessageWriter to) => to.WriteUInt64(value.Soft);
}
