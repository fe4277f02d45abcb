using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>EnvironmentFile=: a file or glob a line.</summary>
public sealed class EnvironmentFileKind() : LineListKind<OptionalPath>("a(sb)")
{
    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out OptionalPath item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = ctx.Expand(value, ref text);
        if (ok)
        {
            bool optional = text.Length > 0 && text.Written[0] == (byte)'-';
            ok = TextRules.Path(optional ? text.Written[1..] : text.Written, fatal: false, ctx, out ByteText path);
            item = new(path, optional);
        }
        text.Dispose();
        return ok;
    }

    protected override SetForm Form => SetForm.Whole;

    protected override void PrintItem(OptionalPath item, ref ByteBuilder to)
    {
        if (item.MayBeMissing)
            to.Append((byte)'-');
        TextOut.Percent(item.Path.Span, ref to);
    }

    protected override void WriteItem(OptionalPath item, MessageWriter to)
    {
        to.WriteString(item.Path);
        to.WriteBoolean(item.MayBeMissing);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out OptionalPath item)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        bool ok = TextRules.Path(text, fatal: false, ctx, out ByteText path) || ctx.Refuse($"Path {System.Text.Encoding.UTF8.GetString(text)} is not absolute.");
        item = new(path, from.ReadBoolean());
        return ok;
    }
}
