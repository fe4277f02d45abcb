using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A kind whose new value replaces the old one.</summary>
/// <param name="busSignature">Its D-Bus type.</param>
/// <param name="complaint">systemd's words up to the refused value; {0} is the directive. Empty: the kind speaks for itself.</param>
/// <param name="emptyResets">An empty assignment goes back to the default; else it is refused as any bad value.</param>
/// <param name="nothing">What unset reads as.</param>
/// <param name="after">The complaint's words after the value.</param>
public abstract class ScalarKind<T>(string busSignature, string complaint, bool emptyResets = false, T nothing = default!, string after = "")
    : Kind<T>(busSignature, nothing)
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, T current, ParseContext ctx, out T result)
    {
        if (value.IsEmpty && emptyResets)
        {
            result = current;
            return ParseOutcome.Reset;
        }
        if (TryParse(value, ctx, out result))
            return ParseOutcome.Set;
        if (complaint.Length > 0)
            ctx.Warn(complaint, value, after);
        return ParseOutcome.Refused;
    }

    public override ParseOutcome Read(ref MessageReader from, T current, ParseContext ctx, out T result)
    {
        if (TryRead(ref from, ctx, out result))
            return ParseOutcome.Set;
        if (ctx.Refusal is null)
            ctx.Report(Severity.Warning, $"Invalid {ctx.Name} setting");
        return ParseOutcome.Refused;
    }

    protected abstract bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out T result);

    protected abstract bool TryRead(ref MessageReader from, ParseContext ctx, out T result);
}
