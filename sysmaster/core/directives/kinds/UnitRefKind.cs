using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>The name of one unit of a given type (Slice=, Service=, Unit=); not set is the invalid name.</summary>
/// <param name="of">Its type; None: any.</param>
/// <param name="complaint">Up to the value, for a name that is none or of another type.</param>
/// <param name="after">After the value; {1} is the value again.</param>
/// <param name="otherType">Instead of the two, for a unit of another type: {1} is the value, {2} the unit it was said of; null for none.</param>
/// <param name="suffixFirst">Instead of the two, up to the value, for a text that does not end as names of the type do; null for none.</param>
/// <param name="emptyResets">As <see cref="ScalarKind{T}"/>.</param>
public sealed class UnitRefKind(UnitKind of, string complaint, string after = "", bool emptyResets = false, string? otherType = null, string? suffixFirst = null) : ScalarKind<UnitName>("s", "", emptyResets)
{
    public override void Print(UnitName value, ref ByteBuilder to) => TextOut.Percent(System.Text.Encoding.ASCII.GetBytes(value.Text), ref to);

    public override void Write(UnitName value, MessageWriter to) => to.WriteString(value.Text);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out UnitName result)
    {
        result = default;
        var text = new ByteBuilder(stackalloc byte[UnitName.MaxLength + 1]);
        bool ok = ctx.Expand(value, ref text) && Take(text.Written, ctx, out result);
        text.Dispose();
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out UnitName result)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        result = default;
        if (of == UnitKind.Slice && ctx.Unit.IsValid && ctx.Unit.Kind == UnitKind.Slice)
            return ctx.Refuse("Slice may not be set for slice units.");
        return text.IsEmpty && of != UnitKind.Slice || Take(text, ctx, out result) || ctx.Refuse(UnitName.TryParse(text, out UnitName other) && !other.IsTemplate
            ? $"Unit name '{other}' is not a {of.Word()}" : $"Invalid unit name '{System.Text.Encoding.UTF8.GetString(text)}'");
    }

    private bool Take(scoped ReadOnlySpan<byte> text, ParseContext ctx, out UnitName result)
    {
        if (UnitName.TryParse(text, out result) && !result.IsTemplate && (of == UnitKind.None || result.Kind == of))
            return true;
        if (suffixFirst is not null && !text.EndsWith(System.Text.Encoding.ASCII.GetBytes("." + of.Word())))
        {
            ctx.Warn(suffixFirst, text);
            return false;
        }
        if (otherType is not null && result.IsValid && !result.IsTemplate)
        {
            ctx.Warn(otherType.Replace("{1}", result.Text, StringComparison.Ordinal).Replace("{2}", ctx.Unit.Text, StringComparison.Ordinal), default);
            return false;
        }
        string wrong = result.IsValid && result.IsTemplate ? after.Replace("is not valid", "is missing the instance name", StringComparison.Ordinal) : after;
        ctx.Warn(complaint, text, wrong.Replace("{1}", System.Text.Encoding.UTF8.GetString(text), StringComparison.Ordinal));
        return false;
    }
}
