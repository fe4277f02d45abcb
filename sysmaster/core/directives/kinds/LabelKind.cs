using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A security label with an optional "-" in front.</summary>
/// <param name="setAsText">A client sets it as one text, with the "-".</param>
public sealed class LabelKind(bool setAsText = false) : ScalarKind<IgnorableText>("(bs)", "", emptyResets: true)
{
    public override string TransientSignature => setAsText ? "s" : BusSignature;

    public override void Print(IgnorableText value, ref ByteBuilder to)
    {
        if (value.Ignore)
            to.Append((byte)'-');
        TextOut.Percent(value.Text.Span, ref to);
    }

    public override void Write(IgnorableText value, MessageWriter to)
    {
        to.BeginStruct();
        to.WriteBoolean(value.Ignore);
        to.WriteString(value.Text);
    }

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out IgnorableText result)
    {
        bool ignore = value[0] == (byte)'-';
        var text = new ByteBuilder(stackalloc byte[256]);
        bool ok = ctx.Expand(ignore ? value[1..] : value, ref text, fatal: !ignore);
        result = new(ignore, text.ToByteText());
        text.Dispose();
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out IgnorableText result)
    {
        if (setAsText)
        {
            ReadOnlySpan<byte> text = from.ReadString();
            bool ignore = text.StartsWith("-"u8);
            result = new(ignore, new ByteText(ignore ? text[1..] : text));
            return true;
        }
        from.BeginStruct();
        result = new(from.ReadBoolean(), new ByteText(from.ReadString()));
        return true;
    }
}
