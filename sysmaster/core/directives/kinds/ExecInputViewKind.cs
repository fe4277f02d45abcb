using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

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
        ReadOnlySpan<byte> text = from.ReadString();
        bool isFd = kind == ExecInput.Fd;
        ByteText argument = default;
        bool ok = isFd && text.IsEmpty || TextRules.Check(isFd ? TextRule.FdName : TextRule.Path, text, "Invalid file descriptor name: ", fatal: false, ctx, out argument)
            || ctx.Refuse(isFd ? "Invalid file descriptor name"
                : $"Path {System.Text.Encoding.UTF8.GetString(text)} is not {(PathText.IsAbsolute(text) ? "normalized" : "absolute")}");
        result = new(kind, argument);
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }
}
