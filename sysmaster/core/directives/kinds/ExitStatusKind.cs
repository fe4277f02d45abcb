using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Exit codes by number or name, and signals by name; lines add up.</summary>
public sealed class ExitStatusKind() : Kind<ExitStatusList>("(aiai)", ExitStatusList.Empty)
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, ExitStatusList current, ParseContext ctx, out ExitStatusList result)
    {
        result = current;
        if (value.IsEmpty)
            return ParseOutcome.Reset;
        using var words = new Words(value, WordFlags.Unquote);
        bool any = false;
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (ExitStatusText.TryParse(word, out int code))
                result = result.WithCode((byte)code);
            else if (SignalText.TryParse(word, out int signal))
                result = result.WithSignal((byte)signal);
            else
            {
                ctx.Warn("Failed to parse value, ignoring: ", word);
                continue;
            }
            any = true;
        }
        return any ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    public override void Print(ExitStatusList value, ref ByteBuilder to)
    {
        bool first = true;
        foreach (byte code in value.Codes)
        {
            TextOut.Blank(ref first, ref to);
            to.AppendDecimal((ulong)code);
        }
        foreach (byte signal in value.Signals)
        {
            TextOut.Blank(ref first, ref to);
            to.AppendAscii(SignalText.FullName(signal));
        }
    }

    /// <summary>One a line, signals without their SIG.</summary>
    public override void PrintSet(string name, ExitStatusList sent, ExitStatusList held, ref ByteBuilder to)
    {
        foreach (byte code in sent.Codes)
        {
            to.AppendAscii(name);
            to.Append((byte)'=');
            to.AppendDecimal((ulong)code);
            to.Append((byte)'\n');
        }
        foreach (byte signal in sent.Signals)
        {
            to.AppendAscii(name);
            to.Append((byte)'=');
            to.AppendAscii(SignalText.FullName(signal).Replace("SIG", "", StringComparison.Ordinal));
            to.Append((byte)'\n');
        }
        if (sent.Codes.Length + sent.Signals.Length == 0)
            PrintLines(name, sent, ref to);
    }

    public override void Write(ExitStatusList value, MessageWriter to)
    {
        to.BeginStruct();
        WriteAll(value.Codes, to);
        WriteAll(value.Signals, to);
    }

    public override ParseOutcome Read(ref MessageReader from, ExitStatusList current, ParseContext ctx, out ExitStatusList result)
    {
        result = current;
        bool ok = true, any = false;
        from.BeginStruct();
        for (int part = 0; part < 2; part++)
        {
            ArrayToken array = from.BeginArray(4);
            while (from.HasNext(array))
            {
                int n = from.ReadInt32();
                any = true;
                bool good = part == 0 ? n is >= 0 and <= 255 : n is > 0 and <= 64;
                ok &= good || ctx.Refuse($"Invalid status code in {ctx.Property}: {n}");
                if (good)
                    result = part == 0 ? result.WithCode((byte)n) : result.WithSignal((byte)n);
            }
            from.EndArray(array);
        }
        if (!any)
            result = ExitStatusList.Empty;
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    private static void WriteAll(ReadOnlySpan<byte> numbers, MessageWriter to)
    {
        ArrayMark array = to.BeginArray(4);
        foreach (byte n in numbers)
            to.WriteInt32(n);
        to.EndArray(array);
    }
}
