using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>The relative form of an <see cref="Amount"/> as clients set it (<c>MemoryMaxScale</c>): 2^32 - 1 is all. The bus only.</summary>
public sealed class ScaleKind(Kind<Amount> text) : ScalarKind<Amount>("u", "")
{
    public override void Print(Amount value, ref ByteBuilder to) => text.Print(value, ref to);

    public override void Write(Amount value, MessageWriter to) => to.WriteUInt32(value.IsRelative ? (uint)Math.Min(value.Value, uint.MaxValue) : uint.MaxValue);

    protected override bool TryParse(ReadOnlySpan<byte> value, ref ParseContext ctx, out Amount result)
        => text.Parse(value, default, ref ctx, out result) == ParseOutcome.Set;

    protected override bool TryRead(ref MessageReader from, ref ParseContext ctx, out Amount result)
    {
        result = Amount.OfScale(from.ReadUInt32());
        return result.Value != 0;
    }
}
