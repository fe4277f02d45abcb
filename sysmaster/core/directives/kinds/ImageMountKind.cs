using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>MountImages= ([-]source:destination[:[partition:]options …]) and ExtensionImages= (without the destination).</summary>
/// <param name="extension">Without destinations.</param>
public sealed class ImageMountKind(bool extension) : WordListKind<ImageMount>(extension ? "a(sba(ss))" : "a(ssba(ss))", WordFlags.Unquote)
{
    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out ImageMount item)
    {
        item = null!;
        bool missing = !word.IsEmpty && word[0] == (byte)'-';
        var parts = new Words(missing ? word[1..] : word, WordFlags.Unquote | WordFlags.DontCoalesceSeparators, ":"u8);
        if (!Next(ref parts, ctx, out ByteText source))
            return false;
        ByteText destination = default;
        if (!extension && !Next(ref parts, ctx, out destination))
            return false;
        var options = new List<TextPair>();
        while (parts.Next(out ReadOnlySpan<byte> first))
        {
            ByteText head = new(first);
            options.Add(parts.Next(out ReadOnlySpan<byte> second) ? new(head, new ByteText(second)) : new(new ByteText("root"u8), head));
        }
        parts.Dispose();
        item = new(source, destination, missing, [.. options]);
        return true;
    }

    protected override void PrintItem(ImageMount item, ref ByteBuilder to)
    {
        var text = new ByteBuilder(stackalloc byte[512]);
        if (item.MayBeMissing)
            text.Append((byte)'-');
        PairText.Part(item.Source.Span, ref text);
        if (!extension)
        {
            text.Append((byte)':');
            PairText.Part(item.Destination.Span, ref text);
        }
        foreach (TextPair option in item.Options)
        {
            text.Append((byte)':');
            PairText.Part(option.First.Span, ref text);
            text.Append((byte)':');
            PairText.Part(option.Second.Span, ref text);
        }
        TextOut.Word(text.Written, ref to, escapes: false);
        text.Dispose();
    }

    protected override void WriteItem(ImageMount item, MessageWriter to)
    {
        to.WriteString(item.Source);
        if (!extension)
            to.WriteString(item.Destination);
        to.WriteBoolean(item.MayBeMissing);
        ArrayMark array = to.BeginArray(8);
        foreach (TextPair option in item.Options)
        {
            to.BeginStruct();
            to.WriteString(option.First);
            to.WriteString(option.Second);
        }
        to.EndArray(array);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ImageMount item)
    {
        bool ok = TextRules.SentPath(ref from, "Source", ctx, out ByteText source);
        ByteText destination = default;
        if (!extension)
            ok &= TextRules.SentPath(ref from, "Destination", ctx, out destination);
        bool missing = from.ReadBoolean();
        var options = new List<TextPair>();
        ArrayToken array = from.BeginArray(8);
        while (from.HasNext(array))
        {
            from.BeginStruct();
            ByteText partition = new(from.ReadString());
            options.Add(new(partition, new ByteText(from.ReadString())));
        }
        from.EndArray(array);
        item = new(source, destination, missing, [.. options]);
        return ok;
    }

    private static bool Next(ref Words parts, ParseContext ctx, out ByteText path)
    {
        path = default;
        if (!parts.Next(out ReadOnlySpan<byte> part))
        {
            ctx.Warn("Missing argument in {0}=, ignoring: ", default);
            return false;
        }
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = ctx.Expand(part, ref text) && TextRules.Path(text.Written, fatal: false, ctx, out path);
        text.Dispose();
        return ok;
    }
}
