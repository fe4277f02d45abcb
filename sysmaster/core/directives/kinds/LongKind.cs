using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A signed number of 64 bits.</summary>
public sealed class LongKind() : ScalarKind<long>("x", "Failed to parse long value, ignoring: ")
{
    public override void Print(long value, ref ByteBuilder to) => to.AppendDecimal(value);

    public override void Write(long value, MessageWriter to) => to.WriteInt64(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out long result)
        => Numbers.TrySigned(value, out result) == NumberResult.Done;

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out long result)
    {
        result = from.ReadInt64();
        return true;
    }
}
