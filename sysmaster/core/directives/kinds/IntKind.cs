using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A signed number within bounds.</summary>
/// <param name="min">Least.</param>
/// <param name="max">Most.</param>
/// <param name="complaint">When it is no number.</param>
/// <param name="after">What the complaint ends with; {1} is the error.</param>
/// <param name="outOfRange">When it is out of bounds; empty: the same complaint.</param>
/// <param name="answer">What a client is told that sends another; {1} is what was sent. Null: the usual.</param>
/// <param name="negativeUnsets">On the bus any negative number stands for none.</param>
/// <param name="emptyResets">As <see cref="ScalarKind{T}"/>.</param>
public sealed class IntKind(int min = int.MinValue, int max = int.MaxValue, string complaint = "Failed to parse int value, ignoring: ", string after = "",
    string outOfRange = "", bool emptyResets = false, string? answer = null, bool negativeUnsets = false) : ScalarKind<int>("i", "", emptyResets)
{
    public override void Print(int value, ref ByteBuilder to)
    {
        if (!negativeUnsets || value >= 0)
            to.AppendDecimal((long)value);
    }

    public override void Write(int value, MessageWriter to) => to.WriteInt32(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out int result)
    {
        NumberResult parsed = Numbers.TrySigned(value, out long wide);
        result = (int)wide;
        if (parsed == NumberResult.Done && wide >= min && wide <= max)
            return true;
        bool bounds = parsed != NumberResult.Invalid;
        if (bounds && outOfRange.Length > 0)
            ctx.Warn(outOfRange, value);
        else
            ctx.Warn(complaint, value, after.Replace("{1}", bounds ? "Numerical result out of range" : "Invalid argument", StringComparison.Ordinal));
        return false;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out int result)
    {
        result = from.ReadInt32();
        if (negativeUnsets && result < 0)
        {
            result = -1;
            return true;
        }
        return result >= min && result <= max || answer is not null && ctx.Refuse(answer.Replace("{1}", $"{result}", StringComparison.Ordinal));
    }
}
