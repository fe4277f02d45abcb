using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>One text, quotes and all; empty resets.</summary>
/// <param name="rule">What is accepted.</param>
/// <param name="complaint">As <see cref="ScalarKind{T}"/>; for paths the check has its own words.</param>
/// <param name="fatal">A bad value makes the unit unloadable.</param>
/// <param name="specifiers">%-specifiers are expanded.</param>
/// <param name="answer">What a client is told of a value that is refused; null: the usual.</param>
/// <param name="emptyResets">As <see cref="ScalarKind{T}"/>.</param>
public sealed class TextKind(TextRule rule = TextRule.Any, string complaint = "", bool fatal = false, bool specifiers = true, bool emptyResets = true,
    string? answer = null)
    : ScalarKind<ByteText>("s", "", emptyResets)
{
    public override void Print(ByteText value, ref ByteBuilder to)
    {
        if (specifiers)
            TextOut.Percent(value.Span, ref to);
        else
            to.Append(value.Span);
    }

    public override void Write(ByteText value, MessageWriter to) => to.WriteString(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out ByteText result)
    {
        result = default;
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = true;
        if (specifiers)
            ok = ctx.Expand(value, ref text, fatal);
        else
            text.Append(value);
        ok = ok && TextRules.Check(rule, text.Written, complaint, fatal, ctx, out result);
        // Files of whoever has no name here, and of all other services that do so, are this service's too.
        if (ok && rule == TextRule.User && ctx.Name.Contains("User", StringComparison.Ordinal) && text.Written.SequenceEqual("nobody"u8))
            ctx.Report(Severity.Notice, "Special user nobody configured, this is not safe!");
        text.Dispose();
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out ByteText result)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        result = default;
        return text.IsEmpty || TextRules.Check(rule, text, complaint, fatal: false, ctx, out result) || answer is not null && ctx.Refuse(answer);
    }
}
