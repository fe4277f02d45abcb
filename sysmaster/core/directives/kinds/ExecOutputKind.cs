using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>StandardOutput= and StandardError=.</summary>
public sealed class ExecOutputKind() : ScalarKind<ExecOutputSpec>("s", "")
{
    public override void Print(ExecOutputSpec value, ref ByteBuilder to)
    {
        to.AppendAscii(Kinds.ExecOutputs.Word(value.To));
        if (value.To is ExecOutput.File or ExecOutput.Append or ExecOutput.Truncate || value.To == ExecOutput.Fd && !value.Argument.IsEmpty)
        {
            to.Append((byte)':');
            TextOut.Percent(value.Argument.Span, ref to);
        }
    }

    public override void Write(ExecOutputSpec value, MessageWriter to) => to.WriteString(Kinds.ExecOutputs.Word(value.To));

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out ExecOutputSpec result)
    {
        result = default;
        int colon = value.IndexOf((byte)':');
        ReadOnlySpan<byte> before = colon < 0 ? value : value[..colon];
        bool known = Kinds.ExecOutputs.TryWord(before, out ExecOutput word);
        bool takesPath = word is ExecOutput.File or ExecOutput.Append or ExecOutput.Truncate;
        if (known && colon >= 0 && (takesPath || word == ExecOutput.Fd))
        {
            bool ok = StdioText.TryArgument(value[(colon + 1)..], takesPath ? TextRule.Path : TextRule.FdName, "Invalid file descriptor name, ignoring: ", ctx, out ByteText argument);
            result = new(word, argument);
            return ok;
        }
        if (value.SequenceEqual("syslog"u8) || value.SequenceEqual("syslog+console"u8))   // gone since 246; the journal does it
        {
            word = value.Length == 6 ? ExecOutput.Journal : ExecOutput.JournalAndConsole;
            ctx.Report(Severity.Notice, $"Standard output type {System.Text.Encoding.ASCII.GetString(value)} is obsolete, automatically updating to {Kinds.ExecOutputs.Word(word)}. Please update your unit file, and consider removing the setting altogether.");
            result = new(word);
            return true;
        }
        result = new(word);
        if (known && colon < 0 && !takesPath)
            return true;
        ctx.Warn("Failed to parse output specifier, ignoring: ", value);
        return false;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out ExecOutputSpec result)
    {
        bool ok = Kinds.ExecOutputs.TryWord(from.ReadString(), out ExecOutput word);
        result = new(word);
        return ok;
    }
}
