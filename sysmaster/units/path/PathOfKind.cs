using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Path;

/// <summary>One type of watched path: it joins the list of all; an empty line empties the whole list.</summary>
internal sealed class PathOfKind(PathType type) : LineListKind<PathSpec>("a(ss)")
{
    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out PathSpec item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = ctx.ExpandBare(value, ref text) && TextRules.Path(text.Written, fatal: false, ctx, out ByteText path) && Take(path, out item);
        text.Dispose();
        return ok;
    }

    protected override void PrintItem(PathSpec item, ref ByteBuilder to) => TextOut.Percent(item.Path.Span, ref to);

    protected override void WriteItem(PathSpec item, MessageWriter to) => throw new InvalidOperationException("one type of path is no property");

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out PathSpec item)
        => throw new InvalidOperationException("one type of path is no property");

    private bool Take(ByteText path, out PathSpec item)
    {
        item = new(type, path);
        return true;
    }
}
