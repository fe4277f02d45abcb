using SysMaster.DBus.Wire;

namespace SysMaster.Core.Directives;

/// <summary>The relative form of an <see cref="Amount"/> as clients set it (<c>MemoryMaxScale</c>): 2^32 - 1 is all.</summary>
public sealed class ScaleKind() : ViewKind<Amount>("u")
{
    public override void Write(Amount value, MessageWriter to) => to.WriteUInt32(value.IsRelative ? (uint)Math.Min(value.Value, uint.MaxValue) : uint.MaxValue);

    public override ParseOutcome Read(ref MessageReader from, Amount current, ParseContext ctx, out Amount result)
    {
        result = Amount.OfScale(from.ReadUInt32());
        return ParseOutcome.Set;
    }
}
