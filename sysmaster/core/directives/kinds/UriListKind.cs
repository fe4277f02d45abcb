using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Documentation=: URIs of the five schemes that help texts have.</summary>
public sealed class UriListKind() : WordListKind<ByteText>("as", WordFlags.None)
{
    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out ByteText item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = ctx.Expand(word, ref text);
        if (ok && !(ok = IsUri(text.Written)))
            ctx.Warn("Invalid URL, ignoring: ", text.Written);
        if (ok)
            item = text.ToByteText();
        text.Dispose();
        return ok;
    }

    protected override SetForm Form => SetForm.LineEach;

    protected override void PrintItem(ByteText item, ref ByteBuilder to) => TextOut.Percent(item.Span, ref to);

    protected override void WriteItem(ByteText item, MessageWriter to) => to.WriteString(item);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item)
    {
        item = new ByteText(from.ReadString());
        return IsUri(item.Span) || ctx.Refuse($"Invalid URL in {ctx.Property}: {item}");
    }

    private static bool IsUri(ReadOnlySpan<byte> text)
    {
        int skip = text.StartsWith("http://"u8) ? 7 : text.StartsWith("https://"u8) ? 8 : text.StartsWith("file:/"u8) || text.StartsWith("info:"u8) ? 5
            : text.StartsWith("man:"u8) ? 4 : int.MaxValue;
        return skip < text.Length && text.IndexOfAnyInRange((byte)0, (byte)32) < 0;
    }
}
