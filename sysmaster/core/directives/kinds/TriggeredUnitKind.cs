using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Unit= of a timer or a path: the first line counts, and it names no unit of the same type. man 5 systemd.timer.</summary>
public sealed class TriggeredUnitKind() : ScalarKind<UnitName>("s", "")
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, UnitName current, ParseContext ctx, out UnitName result)
    {
        if (!current.IsValid)
            return base.Parse(value, current, ctx, out result);
        result = current;
        ctx.Warn("Multiple units to trigger specified, ignoring: ", value);
        return ParseOutcome.Refused;
    }

    public override void Print(UnitName value, ref ByteBuilder to) => TextOut.Percent(System.Text.Encoding.ASCII.GetBytes(value.Text), ref to);

    public override void Write(UnitName value, MessageWriter to) => to.WriteString(value.Text);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out UnitName result)
    {
        result = default;
        var text = new ByteBuilder(stackalloc byte[UnitName.MaxLength + 1]);
        bool ok = ctx.Expand(value, ref text) && Take(text.Written, value, ctx, out result);
        text.Dispose();
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out UnitName result)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        return Take(text, text, ctx, out result);
    }

    private static bool Take(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> written, ParseContext ctx, out UnitName result)
    {
        bool ok = UnitName.TryParse(name, out result);
        if (!ok || ctx.Unit.IsValid && result.Kind == ctx.Unit.Kind)
        {
            ctx.Warn(ok ? "Trigger cannot be of same type, ignoring: " : "Unit type not valid, ignoring: ", written);
            return false;
        }
        result = ctx.Resolve(result);
        return true;
    }
}
