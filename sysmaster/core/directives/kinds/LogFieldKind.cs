using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>LogExtraFields=: FIELD=value for the journal.</summary>
public sealed class LogFieldKind() : WordListKind<ByteText>("aay", WordFlags.Unquote | WordFlags.CUnescape)
{
    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out ByteText item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = ctx.Expand(word, ref text) && Check(text.Written, ctx);
        if (ok)
            item = text.ToByteText();
        text.Dispose();
        return ok;
    }

    protected override void PrintItem(ByteText item, ref ByteBuilder to) => TextOut.Word(item.Span, ref to);

    protected override void WriteItem(ByteText item, MessageWriter to) => to.WriteBytes(item.Span);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item)
    {
        item = new ByteText(from.ReadBytes());
        return Check(item.Span, ctx) || ctx.Refuse(item.Span.IndexOf((byte)'=') < 0 ? "Journal field contains no '=' character" : "Journal field invalid");
    }

    private static bool Check(scoped ReadOnlySpan<byte> text, ParseContext ctx)
    {
        int equals = text.IndexOf((byte)'=');
        if (equals < 0)
        {
            ctx.Warn("Log field lacks '=' character, ignoring: ", text);
            return false;
        }
        bool ok = equals is > 0 and <= 64 && text[0] is >= (byte)'A' and <= (byte)'Z';
        foreach (byte c in text[..equals])
            ok &= c is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_';
        if (!ok)
            ctx.Warn("Log field name is invalid, ignoring: ", text);
        return ok;
    }
}
