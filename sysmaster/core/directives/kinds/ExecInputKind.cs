using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>StandardInput=.</summary>
public sealed class ExecInputKind() : ScalarKind<ExecInputSpec>("s", "")
{
    public override void Print(ExecInputSpec value, ref ByteBuilder to)
    {
        to.AppendAscii(Kinds.ExecInputs.Word(value.From));
        if (value.From == ExecInput.File || value.From == ExecInput.Fd && !value.Argument.IsEmpty)
        {
            to.Append((byte)':');
            TextOut.Percent(value.Argument.Span, ref to);
        }
    }

    public override void Write(ExecInputSpec value, MessageWriter to) => to.WriteString(Kinds.ExecInputs.Word(value.From));

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out ExecInputSpec result)
    {
        result = default;
        if (value.StartsWith("fd:"u8))
        {
            bool named = StdioText.TryArgument(value[3..], TextRule.FdName, "Invalid file descriptor name, ignoring: ", ctx, out ByteText name);
            result = new(ExecInput.Fd, name);
            return named;
        }
        if (value.StartsWith("file:"u8))
        {
            bool ok = StdioText.TryArgument(value[5..], TextRule.Path, "", ctx, out ByteText path);
            result = new(ExecInput.File, path);
            return ok;
        }
        if (Kinds.ExecInputs.TryWord(value, out ExecInput word) && word != ExecInput.File)
        {
            result = new(word);
            return true;
        }
        ctx.Warn("Failed to parse input specifier, ignoring: ", value);
        return false;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out ExecInputSpec result)
    {
        bool ok = Kinds.ExecInputs.TryWord(from.ReadString(), out ExecInput word);
        result = new(word);
        return ok;
    }
}
