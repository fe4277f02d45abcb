using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Names of units, in the order they were written, without repetition. Dependencies are never reset by an empty line.</summary>
/// <param name="of">Only this type; None: any.</param>
/// <param name="resets">An empty line starts over ([Install] lists).</param>
/// <param name="notice">Said at each use, for obsolete spellings.</param>
public sealed class UnitNameListKind(UnitKind of = UnitKind.None, bool resets = false, string notice = "") : WordListKind<UnitName>("as", WordFlags.RetainEscape)
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, UnitName[] current, ParseContext ctx, out UnitName[] result)
    {
        if (notice.Length > 0)
            ctx.Report(Severity.Notice, notice);
        if (!value.IsEmpty || resets)
            return base.Parse(value, current, ctx, out result);
        result = current;
        return ParseOutcome.Refused;
    }

    protected override void Merge(List<UnitName> items, UnitName item)
    {
        if (!items.Contains(item))
            items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out UnitName item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[UnitName.MaxLength + 1]);
        bool ok = ctx.Expand(word, ref text) && Take(text.Written, ctx, out item);
        text.Dispose();
        return ok;
    }

    protected override SetForm Form => SetForm.LineEach;

    protected override void PrintItem(UnitName item, ref ByteBuilder to) => TextOut.Percent(System.Text.Encoding.ASCII.GetBytes(item.Text), ref to);

    protected override void WriteItem(UnitName item, MessageWriter to) => to.WriteString(item.Text);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out UnitName item)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        if (UnitName.TryParse(text, out UnitName name) && !name.IsTemplate)
            return Take(text, ctx, out item);
        ctx.Warn("Invalid unit name ", text);
        item = default;
        return false;
    }

    private bool Take(scoped ReadOnlySpan<byte> text, ParseContext ctx, out UnitName item)
    {
        bool ok = UnitName.TryParse(text, out item);
        if (of != UnitKind.None && (!ok || item.Kind != of))
        {
            ctx.Warn($"Unit must be of type {of.Word()}, ignoring: ", text);
            return false;
        }
        item = ctx.Resolve(item);
        if (ok && !item.IsTemplate)
            return true;
        ctx.Warn("Failed to add dependency on ", text, ", ignoring: Invalid argument");
        return false;
    }
}
