using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A size or count, a percentage of the machine's, or "infinity".</summary>
/// <param name="ofTasks">Counts tasks, rather than bytes of memory.</param>
/// <param name="zero">Zero is allowed.</param>
/// <param name="notice">Said at each use, for the settings of control groups v1.</param>
public sealed class AmountKind(bool ofTasks = false, bool zero = true, string notice = "") : ScalarKind<Amount>("t", "", emptyResets: true)
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, Amount current, ParseContext ctx, out Amount result)
    {
        ParseOutcome outcome = base.Parse(value, current, ctx, out result);
        if (notice.Length > 0 && outcome != ParseOutcome.Refused)
            ctx.Report(Severity.Warning, notice.Replace("{0}", ctx.Name, StringComparison.Ordinal));
        return outcome;
    }

    public override void Print(Amount value, ref ByteBuilder to)
    {
        if (value.IsInfinity)
            to.Append("infinity"u8);
        else if (value.IsRelative)
            Numbers.PrintShare(value.Value, ref to);
        else
            to.AppendDecimal(value.Value);
    }

    public override void PrintSet(string name, Amount sent, Amount held, ref ByteBuilder to)
    {
        if (!held.IsRelative || ofTasks)
        {
            base.PrintSet(name, sent, held, ref to);
            return;
        }
        to.AppendAscii(name);
        to.Append((byte)'=');
        Numbers.PrintHundredths(held.Value, ref to);
        to.Append((byte)'\n');
    }

    public override void Write(Amount value, MessageWriter to) => to.WriteUInt64(ofTasks ? value.Resolve(Machine.Tasks) : value.Resolve(Machine.Memory, Machine.Page));

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out Amount result)
    {
        result = Amount.Infinity;
        if (value.SequenceEqual("infinity"u8))
            return true;
        NumberResult parsed = Numbers.TryPermyriad(value, out int share);
        if (parsed == NumberResult.Done)
        {
            result = new Amount((((ulong)share << 32) + 9_999) / 10_000, true);   // rounded up: a whole number of pages stays that many
        }
        else
        {
            parsed = ofTasks ? Numbers.TryUnsigned(value, out ulong number) : Numbers.TrySize(value, out number);
            result = new Amount(number);
        }
        if (parsed == NumberResult.Done && (result.IsInfinity || !zero && result.Value == 0))
        {
            ctx.Warn(ofTasks ? "Maximum tasks value '" : "Memory limit '", value, "' out of range, ignoring.");
            return false;
        }
        if (parsed == NumberResult.Done)
            return true;
        ctx.Warn(ofTasks ? "Invalid maximum tasks value '" : "Invalid memory limit '", value, "', ignoring: " + Numbers.Why(parsed));
        return false;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out Amount result)
    {
        result = new Amount(from.ReadUInt64());
        return zero || result.Value != 0;
    }
}
