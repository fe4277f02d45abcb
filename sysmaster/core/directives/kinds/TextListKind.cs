using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Words as texts.</summary>
/// <param name="rule">What each must look like.</param>
/// <param name="complaint">About one that does not.</param>
/// <param name="fatal">Such a one makes the unit unloadable.</param>
/// <param name="specifiers">%-specifiers are expanded.</param>
/// <param name="unique">A text that is there already is not added again.</param>
public sealed class TextListKind(TextRule rule = TextRule.Any, string complaint = "", bool fatal = false, bool specifiers = true, bool unique = false)
    : WordListKind<ByteText>("as", WordFlags.Unquote | WordFlags.Warn | WordFlags.CUnescape)
{
    protected override void Merge(List<ByteText> items, ByteText item)
    {
        if (!unique || !items.Contains(item))
            items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out ByteText item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = true;
        if (specifiers)
            ok = ctx.Expand(word, ref text, fatal);
        else
            text.Append(word);
        ok = ok && TextRules.Check(rule, text.Written, complaint, fatal, ctx, out item);
        text.Dispose();
        return ok;
    }

    protected override void PrintItem(ByteText item, ref ByteBuilder to) => TextOut.Word(item.Span, ref to, specifiers);

    protected override void WriteItem(ByteText item, MessageWriter to) => to.WriteString(item);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item)
        => TextRules.Check(rule, from.ReadString(), complaint, fatal: false, ctx, out item);
}
