using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A time span in nanoseconds; a bare number counts nanoseconds.</summary>
public sealed class NsecKind() : ScalarKind<ulong>("t", "Failed to parse nsec value, ignoring: ")
{
    public override void Print(ulong value, ref ByteBuilder to) => to.AppendDecimal(value);

    public override void Write(ulong value, MessageWriter to) => to.WriteUInt64(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out ulong result) => !TimeSpanText.ParseNsec(value, out result).Failed;

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out ulong result)
    {
        result = from.ReadUInt64();
        return true;
    }
}
