using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Absolute paths, each with "-" (may be missing) and "+" (below the root of the unit) in front where allowed; kept as written.</summary>
/// <param name="prefixes">"-" and "+" may stand in front.</param>
/// <param name="separator">Between paths; 0 for blanks.</param>
public sealed class PathListKind(bool prefixes = true, byte separator = 0) : ListKind<ByteText>("as")
{
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

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item) => Take(from.ReadString(), ctx, out item);

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
