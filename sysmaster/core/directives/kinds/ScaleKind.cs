using SysMaster.DBus.Wire;

namespace SysMaster.Core.Directives;

/// <summary>The relative form of an <see cref="Amount"/> as clients set it (<c>MemoryMaxScale</c>): 2^32 - 1 is all.</summary>
/// <param name="zero">Zero is allowed.</param>
/// <param name="all">So is all of it.</param>
public sealed class ScaleKind(bool zero = true, bool all = true) : ViewKind<Amount>("u")
{
    public override void Write(Amount value, MessageWriter to) => to.WriteUInt32(value.IsRelative ? (uint)Math.Min(value.Value, uint.MaxValue) : uint.MaxValue);

    public override ParseOutcome Read(ref MessageReader from, Amount current, ParseContext ctx, out Amount result)
    {
        uint scale = from.ReadUInt32();
        result = Amount.OfScale(scale);
        return (zero || scale > 0) && (all || scale < uint.MaxValue) ? ParseOutcome.Set : ParseOutcome.Refused;
    }
}
