using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Which memory a core dump holds: names of mappings, or the mask in hexadecimal; lines add up.</summary>
public sealed class CoredumpFilterKind() : Kind<ulong>("t")
{
    private const ulong Untouched = 1UL << 63;
    private const ulong Kernel = 0x33;

    /// <summary>The kernel's own choice, marked as nobody's: a first line replaces it, later ones add to that.</summary>
    public const ulong Default = Kernel | Untouched;

    private static readonly string[] s_words =
    [
        "private-anonymous", "shared-anonymous", "private-file-backed", "shared-file-backed", "elf-headers", "private-huge", "shared-huge", "private-dax", "shared-dax",
    ];

    public override ParseOutcome Parse(ReadOnlySpan<byte> value, ulong current, ParseContext ctx, out ulong result)
    {
        result = current;
        if (value.IsEmpty)
            return ParseOutcome.Reset;
        ulong mask = 0;
        using var words = new Words(value, WordFlags.None);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            int at = Array.FindIndex(s_words, new Matcher(word.ToArray()).Is);
            NumberResult parsed = NumberResult.Done;
            ulong bits = at >= 0 ? 1UL << at : word.SequenceEqual("all"u8) ? uint.MaxValue : word.SequenceEqual("default"u8) ? Kernel : 0;
            if (bits == 0)
                parsed = Numbers.TryHexNumber(word, out bits);
            if (parsed != NumberResult.Done)
            {
                ctx.Warn("Failed to parse the {0}=", value, ", ignoring: " + Numbers.Why(parsed));
                return ParseOutcome.Refused;
            }
            mask |= bits;
        }
        result = (current & Untouched) != 0 ? mask : current | mask;
        return ParseOutcome.Set;
    }

    public override void Print(ulong value, ref ByteBuilder to)
    {
        to.Append("0x"u8);
        value &= ~Untouched;
        to.AppendHex(value, value == 0 ? 1 : (67 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 4);
    }

    public override void Write(ulong value, MessageWriter to) => to.WriteUInt64(value & ~Untouched);

    public override ParseOutcome Read(ref MessageReader from, ulong current, ParseContext ctx, out ulong result)
    {
        result = from.ReadUInt64();
        return ParseOutcome.Set;
    }

    private sealed class Matcher(byte[] word)
    {
        public bool Is(string known) => System.Text.Ascii.Equals(word, known);
    }
}
