using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>The argument of StandardOutput= or StandardError= on the bus.</summary>
/// <param name="kind">Descriptor name, or one of the file forms.</param>
/// <param name="stream">What an unnamed descriptor is called.</param>
public sealed class ExecOutputViewKind(ExecOutput kind, string stream) : ViewKind<ExecOutputSpec>("s")
{
    public override void Write(ExecOutputSpec value, MessageWriter to)
        => to.WriteString(value.To == kind ? value.Argument.IsEmpty && kind == ExecOutput.Fd ? (ByteText)stream : value.Argument : default);

    public override ParseOutcome Read(ref MessageReader from, ExecOutputSpec current, ParseContext ctx, out ExecOutputSpec result)
    {
        ReadOnlySpan<byte> text = from.ReadString();
        bool isFd = kind == ExecOutput.Fd;
        ByteText argument = default;
        bool ok = isFd && text.IsEmpty || TextRules.Check(isFd ? TextRule.FdName : TextRule.Path, text, "Invalid file descriptor name: ", fatal: false, ctx, out argument)
            || ctx.Refuse(isFd ? "Invalid file descriptor name"
                : $"Path {System.Text.Encoding.UTF8.GetString(text)} is not {(PathText.IsAbsolute(text) ? "normalized" : "absolute")}");
        result = new(kind, argument);
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }
}
