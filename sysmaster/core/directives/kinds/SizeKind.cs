using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Bytes, with suffixes of 1024.</summary>
public sealed class SizeKind() : ScalarKind<ulong>("t", "")
{
    public override void Print(ulong value, ref ByteBuilder to) => to.AppendDecimal(value);

    public override void Write(ulong value, MessageWriter to) => to.WriteUInt64(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out ulong result)
    {
        NumberResult parsed = Numbers.TrySize(value, out result);
        if (parsed != NumberResult.Done)
            ctx.Warn("Failed to parse size value '", value, "', ignoring: " + Numbers.Why(parsed));
        return parsed == NumberResult.Done;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out ulong result)
    {
        result = from.ReadUInt64();
        return true;
    }
}
