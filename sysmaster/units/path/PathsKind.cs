using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Path;

/// <summary>All paths that a path unit watches, as the bus has them; in files each type is a row of its own: <see cref="PathOfKind"/>.</summary>
internal sealed class PathsKind() : LineListKind<PathSpec>("a(ss)")
{
    protected override string NameOf(string name, PathSpec item) => PathKinds.Types.Word(item.Type);

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out PathSpec item)
    {
        item = default;
        return false;
    }

    protected override void PrintItem(PathSpec item, ref ByteBuilder to) => TextOut.Percent(item.Path.Span, ref to);

    /// <summary>The last line first, as systemd lists them.</summary>
    public override void Write(PathSpec[] value, MessageWriter to)
    {
        PathSpec[] reversed = [.. value];
        Array.Reverse(reversed);
        base.Write(reversed, to);
    }

    protected override void WriteItem(PathSpec item, MessageWriter to)
    {
        to.WriteString(PathKinds.Types.Word(item.Type));
        to.WriteString(item.Path);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out PathSpec item)
    {
        ReadOnlySpan<byte> word = from.ReadString(), text = from.ReadString();
        item = default;
        if (!PathKinds.Types.TryWord(word, out PathType type))
        {
            ctx.Warn("Unknown path type: ", word);
            return false;
        }
        if (!PathText.IsAbsolute(text))
        {
            ctx.Warn($"Path in {PathKinds.Types.Word(type)} is not absolute: ", text);
            return false;
        }
        bool ok = TextRules.Path(text, fatal: false, ctx, out ByteText path);
        item = new(type, path);
        return ok;
    }
}
