using System.Runtime.CompilerServices;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Facility and level in one number, as the journal wants them; two directives fill it.</summary>
/// <param name="part">Which of them this row is.</param>
public sealed class SyslogPriorityKind(SyslogPart part) : ScalarKind<int>("i", "")
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, int current, ParseContext ctx, out int result)
    {
        result = current;
        if (part == SyslogPart.Level)
        {
            if (TryPart(Kinds.LogLevels, value, 7, out int level))
            {
                result = (current & ~7) | level;
                return ParseOutcome.Set;
            }
            ctx.Warn("Failed to parse log level, ignoring: ", value);
            return ParseOutcome.Refused;
        }
        if (TryPart(Kinds.LogFacilities, value, 127, out int facility))
        {
            result = (facility << 3) | (current & 7);
            return ParseOutcome.Set;
        }
        ctx.Warn("Failed to parse log facility, ignoring: ", value);
        return ParseOutcome.Refused;
    }

    /// <summary>A word, or the number itself.</summary>
    private static bool TryPart<TEnum>(EnumKind<TEnum> words, ReadOnlySpan<byte> value, int most, out int part) where TEnum : unmanaged, Enum
    {
        bool isWord = words.TryWord(value, out TEnum word);
        ulong number = 0;
        bool ok = isWord || Numbers.TryUnsigned(value, out number) == NumberResult.Done && number <= (ulong)most;
        part = isWord ? Unsafe.As<TEnum, int>(ref word) : (int)number;
        return ok;
    }

    public override ParseOutcome Read(ref MessageReader from, int current, ParseContext ctx, out int result)
    {
        int n = from.ReadInt32();
        result = part == SyslogPart.Level ? (current & ~7) | n : (n << 3) | (current & 7);
        if (part == SyslogPart.Level ? n is >= 0 and <= 7 : Kinds.LogFacilities.Word((LogFacility)n).Length > 0)
            return ParseOutcome.Set;
        _ = ctx.Refuse(part == SyslogPart.Level ? "Log level value out of range" : "Log facility value out of range");
        return ParseOutcome.Refused;
    }

    public override void PrintLines(string name, int value, ref ByteBuilder to)
    {
        to.Append("SyslogFacility="u8);
        to.AppendAscii(Kinds.LogFacilities.Word((LogFacility)(value >> 3)));
        to.Append("\nSyslogLevel="u8);
        to.AppendAscii(Kinds.LogLevels.Word((LogLevel)(value & 7)));
        to.Append((byte)'\n');
    }

    public override void PrintSet(string name, int sent, int held, ref ByteBuilder to)
    {
        to.AppendAscii(name);
        to.Append((byte)'=');
        to.AppendDecimal((long)(part == SyslogPart.Level ? held & 7 : held >> 3));
        to.Append((byte)'\n');
    }

    public override void Print(int value, ref ByteBuilder to) => to.AppendDecimal((long)value);

    public override void Write(int value, MessageWriter to)
        => to.WriteInt32(part switch { SyslogPart.Level => value & 7, SyslogPart.Facility => value >> 3, _ => value });

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out int result)
    {
        result = 0;
        return false;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out int result)
    {
        result = from.ReadInt32();
        return true;
    }
}
