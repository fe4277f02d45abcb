using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>The argument of StandardInput= on the bus: the descriptor's name, or the file.</summary>
/// <param name="kind">Which of them.</param>
public sealed class ExecInputViewKind(ExecInput kind) : ViewKind<ExecInputSpec>("s")
{
    /// <summary>An unnamed descriptor is called as the stream.</summary>
    public override void Write(ExecInputSpec value, MessageWriter to)
        => to.WriteString(value.From == kind ? value.Argument.IsEmpty && kind == ExecInput.Fd ? (ByteText)"stdin" : value.Argument : default);

    public override ParseOutcome Read(ref MessageReader from, ExecInputSpec current, ParseContext ctx, out ExecInputSpec result)
    {
        bool ok = TextRules.Check(kind == ExecInput.Fd ? TextRule.FdName : TextRule.Path, from.ReadString(), "Invalid file descriptor name: ", fatal: false, ctx, out ByteText argument);
        result = new(kind, argument);
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }
}
