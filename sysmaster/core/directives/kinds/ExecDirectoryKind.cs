using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>RuntimeDirectory= and its like: relative paths, each with an optional link.</summary>
/// <param name="links">":link" may follow (not for ConfigurationDirectory=).</param>
public sealed class ExecDirectoryKind(bool links = true) : WordListKind<ExecDirectory>("as")
{
    protected override void Merge(List<ExecDirectory> items, ExecDirectory item)
    {
        if (!items.Contains(item))
            items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out ExecDirectory item)
    {
        item = default;
        int colon = word.IndexOf((byte)':');
        ReadOnlySpan<byte> path = colon < 0 ? word : word[..colon], link = colon < 0 ? default : word[(colon + 1)..];
        if (link.IndexOf((byte)':') is var more and >= 0)   // what follows is read by nobody yet
            link = link[..more];
        if (!Relative(path, ctx, out ByteText simple))
            return false;
        ByteText target = default;
        if (!link.IsEmpty && !links)
        {
            ctx.Warn("Destination parameter is not supported for {0}, ignoring: ", word);
            return false;
        }
        if (!link.IsEmpty && !Relative(link, ctx, out target))
            return false;
        item = new(simple, target);
        return true;
    }

    protected override SetForm Form => SetForm.Words;

    protected override void PrintItem(ExecDirectory item, ref ByteBuilder to)
    {
        var text = new ByteBuilder(stackalloc byte[256]);
        text.Append(item.Path.Span);
        if (!item.Link.IsEmpty)
        {
            text.Append((byte)':');
            text.Append(item.Link.Span);
        }
        TextOut.Word(text.Written, ref to, escapes: false);
        text.Dispose();
    }

    protected override void PrintSetItem(ExecDirectory item, ref ByteBuilder to)
    {
        if (item.Link.IsEmpty)
            TextOut.Quoted(item.Path.Span, ref to, escapes: false);
        else
            PrintItem(item, ref to);
    }

    protected override void WriteItem(ExecDirectory item, MessageWriter to) => to.WriteString(item.Path);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ExecDirectory item)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        bool ok = Check(text, ctx, out ByteText path);
        item = new(path);
        if (!ok && text.StartsWith("private"u8))
            _ = ctx.Refuse($"{ctx.Property}= path can't be 'private': {System.Text.Encoding.UTF8.GetString(text)}");
        return ok;
    }

    internal static bool Check(scoped ReadOnlySpan<byte> path, ParseContext ctx, out ByteText simple)
    {
        simple = default;
        string wrong = PathText.IsAbsolute(path) ? "absolute" : path.IsEmpty || path.SequenceEqual("."u8) || !PathText.IsNormalizable(path) ? "not normalized" : "";
        if (wrong.Length > 0)
        {
            ctx.Warn($"{{0}}= path is {wrong}, ignoring: ", path);
            return false;
        }
        if (path.SequenceEqual("private"u8) || path.StartsWith("private/"u8))
        {
            ctx.Warn("{0}= path can't be 'private', ignoring assignment: ", path);
            return false;
        }
        simple = TextRules.Simple(path);
        return true;
    }

    private static bool Relative(scoped ReadOnlySpan<byte> word, ParseContext ctx, out ByteText simple)
    {
        simple = default;
        var text = new ByteBuilder(stackalloc byte[256]);
        bool ok = ctx.Expand(word, ref text) && Check(text.Written, ctx, out simple);
        text.Dispose();
        return ok;
    }
}
