using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A share of a resource between bounds; <see cref="ulong.MaxValue"/> is "not set".</summary>
/// <param name="min">Least.</param>
/// <param name="max">Most.</param>
/// <param name="complaint">For what is no such number.</param>
/// <param name="hasIdle">"idle" is 0 (CPUWeight= since 252).</param>
/// <param name="notice">Said at each use, for the settings of control groups v1.</param>
public sealed class WeightKind(ulong min, ulong max, string complaint, bool hasIdle = false, string notice = "")
    : ScalarKind<ulong>("t", complaint, emptyResets: true)
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, ulong current, ParseContext ctx, out ulong result)
    {
        if (notice.Length > 0)
            ctx.Report(Severity.Warning, notice.Replace("{0}", ctx.Name, StringComparison.Ordinal));
        return base.Parse(value, current, ctx, out result);
    }

    public override void Print(ulong value, ref ByteBuilder to)
    {
        if (hasIdle && value == 0)
            to.Append("idle"u8);
        else if (value != ulong.MaxValue)
            to.AppendDecimal(value);
    }

    public override void Write(ulong value, MessageWriter to) => to.WriteUInt64(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out ulong result)
    {
        if (hasIdle && value.SequenceEqual("idle"u8))
        {
            result = 0;
            return true;
        }
        return Numbers.TryUnsigned(value, out result) == NumberResult.Done && result >= min && result <= max;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out ulong result)
    {
        result = from.ReadUInt64();
        return result == ulong.MaxValue || hasIdle && result == 0 || result >= min && result <= max;
    }
}
