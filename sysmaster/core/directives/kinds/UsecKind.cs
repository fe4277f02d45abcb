using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A time span; a bare number counts seconds.</summary>
/// <param name="complaint">As <see cref="ScalarKind{T}"/>.</param>
/// <param name="zeroIsInfinity">0 switches the timeout off.</param>
/// <param name="emptyIsInfinity">So does nothing at all.</param>
/// <param name="emptyResets">As <see cref="ScalarKind{T}"/>.</param>
/// <param name="infinityResets">"infinity" is taken for what was not set.</param>
/// <param name="after">As <see cref="ScalarKind{T}"/>.</param>
public sealed class UsecKind(string complaint = "Failed to parse sec value, ignoring: ", bool zeroIsInfinity = false, bool emptyIsInfinity = false,
    bool emptyResets = false, bool infinityResets = false, string after = "") : ScalarKind<Usec>("t", complaint, emptyResets, after: after)
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, Usec current, ParseContext ctx, out Usec result)
    {
        ParseOutcome outcome = base.Parse(value, current, ctx, out result);
        return infinityResets && outcome == ParseOutcome.Set && result.IsInfinity ? ParseOutcome.Reset : outcome;
    }

    public override void Print(Usec value, ref ByteBuilder to) => TimeSpanText.Append(value, ref to);

    public override void PrintSet(string name, Usec sent, Usec held, ref ByteBuilder to)
    {
        if (!emptyIsInfinity || !held.IsInfinity)
        {
            base.PrintSet(name, sent, held, ref to);
            return;
        }
        to.AppendAscii(name);
        to.Append("=\n"u8);
    }

    public override void Write(Usec value, MessageWriter to) => to.WriteUInt64(value.Value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out Usec result)
    {
        if (value.IsEmpty && emptyIsInfinity)
        {
            result = Usec.Infinity;
            return true;
        }
        if (!TimeSpanText.TryParse(value, out result))
            return false;
        if (zeroIsInfinity && result == Usec.Zero)
            result = Usec.Infinity;
        return true;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out Usec result)
    {
        result = new Usec(from.ReadUInt64());
        return true;
    }
}
