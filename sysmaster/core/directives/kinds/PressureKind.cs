using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A percentage, permille or permyriad, on the bus in 1/2^32.</summary>
public sealed class PressureKind() : ScalarKind<uint>("u", "Failed to parse memory pressure limit value, ignoring: ", emptyResets: true)
{
    public override void Print(uint value, ref ByteBuilder to) => Numbers.PrintShare(value == uint.MaxValue ? 1UL << 32 : value, ref to);

    public override void PrintSet(string name, uint sent, uint held, ref ByteBuilder to)
    {
        to.AppendAscii(name);
        to.Append((byte)'=');
        Numbers.PrintHundredths(held == uint.MaxValue ? 1UL << 32 : held, ref to);
        to.Append((byte)'\n');
    }

    public override void Write(uint value, MessageWriter to) => to.WriteUInt32(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out uint result)
    {
        bool ok = Numbers.TryPermyriad(value, out int share) == NumberResult.Done && share <= 10_000;
        result = (uint)Math.Min(uint.MaxValue, Numbers.ShareOfPermyriad(share));
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out uint result)
    {
        result = from.ReadUInt32();
        return true;
    }
}
