using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A resource limit, "both" or "soft:hard". On the bus this is the hard one; setting it sets both.</summary>
/// <param name="unit">What numbers count.</param>
public sealed class RlimitKind(RlimitUnit unit = RlimitUnit.Count) : ScalarKind<Rlimit>("t", "", nothing: default)
{
    public override void Print(Rlimit value, ref ByteBuilder to)
    {
        PrintOne(value.Soft, ref to);
        if (value.Soft == value.Hard)
            return;
        to.Append((byte)':');
        PrintOne(value.Hard, ref to);
    }

    public override void Write(Rlimit value, MessageWriter to) => to.WriteUInt64(value.Hard);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out Rlimit result)
    {
        result = default;
        int colon = value.IndexOf((byte)':');
        ReadOnlySpan<byte> first = colon < 0 ? value : value[..colon], second = colon < 0 ? value : value[(colon + 1)..];
        if (!TryOne(first, hard: false, out ulong soft) || !TryOne(second, hard: colon >= 0, out ulong hard))
        {
            ctx.Warn("Failed to parse resource value, ignoring: ", value);
            return false;
        }
        if (soft > hard)
        {
            ctx.Warn("Soft resource limit chosen higher than hard limit, ignoring: ", value);
            return false;
        }
        result = new Rlimit(soft, hard);
        return true;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out Rlimit result)
    {
        ulong both = from.ReadUInt64();
        result = new Rlimit(both, both);
        return true;
    }

    private void PrintOne(ulong value, ref ByteBuilder to)
    {
        if (value == Rlimit.Infinity)
            to.Append("infinity"u8);
        else
            to.AppendDecimal(value);
        if (unit == RlimitUnit.Usec && value != Rlimit.Infinity)
            to.Append("us"u8);
    }

    private bool TryOne(ReadOnlySpan<byte> text, bool hard, out ulong value)
    {
        value = Rlimit.Infinity;
        if (unit != RlimitUnit.Nice && text.SequenceEqual("infinity"u8))
            return true;
        switch (unit)
        {
            case RlimitUnit.Bytes: return Numbers.TrySize(text, out value) == NumberResult.Done;
            case RlimitUnit.Nice: return Numbers.TryNiceLimit(text, out value);
            case RlimitUnit.Sec or RlimitUnit.Usec:
                if (!Numbers.TryTimeLimit(text, unit == RlimitUnit.Sec, out value))
                    return false;
                _ = hard;
                return true;
            default: return Numbers.TryUnsigned(text, out value) == NumberResult.Done;
        }
    }
}
