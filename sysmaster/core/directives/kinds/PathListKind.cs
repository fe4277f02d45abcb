using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Absolute paths, each with "-" (may be missing) and "+" (below the root of the unit) in front where allowed; kept as written.</summary>
/// <param name="prefixes">"-" and "+" may stand in front.</param>
/// <param name="separator">Between paths; 0 for blanks.</param>
/// <param name="form">As <see cref="SetForm"/>.</param>
/// <param name="refusal">What a client is told of a path that is not absolute: {0} is the property, {1} the path.</param>
/// <param name="unnormal">The same of one with ".." in it; empty: as the other.</param>
public sealed class PathListKind(bool prefixes = true, byte separator = 0, SetForm form = SetForm.AsInFiles,
    string refusal = "Invalid {0}", string unnormal = "") : ListKind<ByteText>("as")
{
    protected override SetForm Form => form;

    protected override void PrintSetItem(ByteText item, ref ByteBuilder to)
    {
        if (form == SetForm.Words)
            TextOut.Quoted(item.Span, ref to, escapes: false);
        else
            PrintItem(item, ref to);
    }

    protected override bool Add(ReadOnlySpan<byte> value, List<ByteText> items, ParseContext ctx)
    {
        using var words = separator == 0 ? new Words(value, WordFlags.Unquote) : new Words(value, WordFlags.Unquote, ":"u8);
        bool any = false;
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (TryWord(word, ctx, out ByteText path))
            {
                Merge(items, path);
                any = true;
            }
        }
        if (words.Failed)
            ctx.Warn("Invalid syntax, ignoring: ", value);
        return any;
    }

    public override void Print(ByteText[] value, ref ByteBuilder to)
    {
        bool first = true;
        foreach (ByteText item in value)
        {
            if (!first)
                to.Append(separator == 0 ? (byte)' ' : separator);
            first = false;
            PrintItem(item, ref to);
        }
    }

    protected override void Merge(List<ByteText> items, ByteText item)
    {
        if (prefixes || !items.Contains(item))   // of a name space, each is listed as often as it was written
            items.Add(item);
    }

    protected override void PrintItem(ByteText item, ref ByteBuilder to) => TextOut.Word(item.Span, ref to, escapes: false);

    protected override void WriteItem(ByteText item, MessageWriter to) => to.WriteString(item);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        if (Take(text, ctx, out item))
            return true;
        string words = unnormal.Length > 0 && PathText.IsAbsolute(text) ? unnormal : refusal;
        return ctx.Refuse(words.Replace("{0}", ctx.Property, StringComparison.Ordinal).Replace("{1}", System.Text.Encoding.UTF8.GetString(text), StringComparison.Ordinal));
    }

    private bool TryWord(ReadOnlySpan<byte> word, ParseContext ctx, out ByteText path)
    {
        path = default;
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = (prefixes ? ctx.ExpandPlain(word, ref text) : ctx.Expand(word, ref text)) && Take(text.Written, ctx, out path);
        text.Dispose();
        return ok;
    }

    private bool Take(scoped ReadOnlySpan<byte> text, ParseContext ctx, out ByteText item)
    {
        int skip = 0;
        while (prefixes && skip < 2 && skip < text.Length && text[skip] == (byte)"-+"[skip])
            skip++;
        if (prefixes && skip == 0 && !text.IsEmpty && text[0] == (byte)'+')
            skip = 1;
        if (!TextRules.Path(text[skip..], fatal: false, ctx, out item))
            return false;
        if (skip > 0)
        {
            var whole = new ByteBuilder(stackalloc byte[512]);
            whole.Append(text[..skip]);
            whole.Append(item.Span);
            item = whole.ToByteText();
            whole.Dispose();
        }
        return true;
    }
}
