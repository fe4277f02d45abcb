using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>WorkingDirectory=.</summary>
public sealed class WorkDirKind() : ScalarKind<WorkDir>("s", "", emptyResets: true)
{
    public override void Print(WorkDir value, ref ByteBuilder to)
    {
        if (value.MayBeMissing)
            to.Append((byte)'-');
        if (value.IsHome)
            to.Append((byte)'~');
        else
            TextOut.Percent(value.Path.Span, ref to);
    }

    /// <summary>On the bus "may be missing" is a leading "!".</summary>
    public override void Write(WorkDir value, MessageWriter to)
    {
        ReadOnlySpan<byte> path = value.IsHome ? "~"u8 : value.Path.Span;
        var text = new ByteBuilder(stackalloc byte[256]);
        if (value.MayBeMissing)
            text.Append((byte)'!');
        text.Append(path);
        to.WriteString(text.Written);
        text.Dispose();
    }

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out WorkDir result)
    {
        result = default;
        bool missing = value[0] == (byte)'-';
        if (missing)
            value = value[1..];
        if (value.SequenceEqual("~"u8))
        {
            result = new(default, true, missing);
            return true;
        }
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = ctx.Expand(value, ref text, "working directory path ", fatal: !missing) && TextRules.Path(text.Written, !missing, ctx, out ByteText path)
            && Take(path, missing, out result);
        text.Dispose();
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out WorkDir result)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        result = default;
        if (text.IsEmpty)
            return true;
        bool missing = text[0] is (byte)'-' or (byte)'!';
        if (missing)
            text = text[1..];
        if (text.SequenceEqual("~"u8))
        {
            result = new(default, true, missing);
            return true;
        }
        return TextRules.Path(text, fatal: false, ctx, out ByteText path) && Take(path, missing, out result)
            || ctx.Refuse($"{ctx.Property}= expects an absolute path or '~'");
    }

    private static bool Take(ByteText path, bool missing, out WorkDir result)
    {
        result = new(path, false, missing);
        return true;
    }
}
