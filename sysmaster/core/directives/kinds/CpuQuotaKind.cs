using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>CPU time per second as a percentage of one CPU; infinity is no quota.</summary>
public sealed class CpuQuotaKind() : ScalarKind<Usec>("t", "Invalid CPU quota '", emptyResets: true, after: "', ignoring.")
{
    public override void Print(Usec value, ref ByteBuilder to)
    {
        if (value.IsInfinity)
            return;
        to.AppendDecimal(value.Value / 10_000);
        if (value.Value % 10_000 / 100 is var hundredths and > 0)
        {
            to.Append((byte)'.');
            to.AppendPadded(hundredths, 2);
        }
        to.Append((byte)'%');
    }

    public override void Write(Usec value, MessageWriter to) => to.WriteUInt64(value.Value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out Usec result)
    {
        bool ok = Numbers.TryPermyriad(value, out int share) == NumberResult.Done && share > 0;
        result = new Usec((ulong)share * 100);
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out Usec result)
    {
        result = new Usec(from.ReadUInt64());
        return result != Usec.Zero || ctx.Refuse($"{ctx.Property}= value out of range");
    }
}
