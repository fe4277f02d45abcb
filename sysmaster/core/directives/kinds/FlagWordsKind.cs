using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Flags by name, as a number on the bus: capabilities, namespaces, secure bits. Lines add up; "~" in front takes away.</summary>
/// <param name="words">By bit number; empty ones are gaps.</param>
/// <param name="busSignature">"t" or "i".</param>
/// <param name="complaint">About a line with an unknown word, where that refuses it (booleans); else the word is skipped in silence, as systemd skips capabilities it does not know.</param>
/// <param name="inverts">"~" is understood.</param>
/// <param name="bits">The bit of each word, where it is not its index.</param>
/// <param name="booleans">yes means none of them and no all of them (RestrictNamespaces=).</param>
/// <param name="whole">All flags.</param>
/// <param name="emptyIs">What an empty line sets; null: it resets.</param>
/// <param name="initial">Before any line: then a "~" line takes away from all of them, and another adds to none.</param>
public sealed class FlagWordsKind(string[] words, string busSignature, string complaint, bool inverts = false, ulong[]? bits = null, bool booleans = false,
    ulong whole = ulong.MaxValue, ulong? emptyIs = null, ulong initial = ulong.MaxValue) : Kind<ulong>(busSignature)
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, ulong current, ParseContext ctx, out ulong result)
    {
        result = emptyIs ?? current;
        if (value.IsEmpty)
            return emptyIs is null ? ParseOutcome.Reset : ParseOutcome.Set;
        if (booleans && BooleanText.TryParse(value, out bool on))
        {
            result = on ? 0 : whole;
            return ParseOutcome.Set;
        }
        bool invert = inverts && value[0] == (byte)'~';
        if (!TryWords(invert ? value[1..] : value, ctx, out ulong flags))
            return ParseOutcome.Refused;
        // A line of which no word is known starts over, as a first one does.
        result = flags == 0 && emptyIs is not null || current == initial ? invert ? whole & ~flags : flags : invert ? current & ~flags : current | flags;
        return ParseOutcome.Set;
    }

    public override void Print(ulong value, ref ByteBuilder to)
    {
        if (booleans && (value == whole || value == 0))
        {
            to.Append(value == 0 ? "yes"u8 : "no"u8);
            return;
        }
        bool inverted = inverts && value == whole;
        if (inverted)
            to.Append((byte)'~');
        bool first = true;
        for (int i = 0; i < words.Length; i++)
        {
            if (inverted || words[i].Length == 0 || (value & Bit(i)) == 0)
                continue;
            TextOut.Blank(ref first, ref to);
            to.AppendAscii(words[i]);
        }
    }

    /// <summary>Capabilities in small letters and one by one, as libcap names them.</summary>
    public override void PrintSet(string name, ulong sent, ulong held, ref ByteBuilder to)
    {
        if (words != FlagWords.Capabilities || held == 0)
        {
            base.PrintSet(name, sent, held, ref to);
            return;
        }
        to.AppendAscii(name);
        to.Append((byte)'=');
        bool first = true;
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].Length == 0 || (held & Bit(i)) == 0)
                continue;
            TextOut.Blank(ref first, ref to);
            to.AppendAscii(words[i].ToLowerInvariant());
        }
        to.Append((byte)'\n');
    }

    public override void Write(ulong value, MessageWriter to)
    {
        if (BusSignature == "i")
            to.WriteInt32((int)value);
        else
            to.WriteUInt64(value);
    }

    public override ParseOutcome Read(ref MessageReader from, ulong current, ParseContext ctx, out ulong result)
    {
        result = BusSignature == "i" ? (ulong)from.ReadInt32() : from.ReadUInt64();
        // "All but these" sets bits of capabilities that no kernel has yet.
        if (inverts && !booleans)
            result &= whole;
        if ((result & ~whole) == 0)
            return ParseOutcome.Set;
        return ParseOutcome.Refused;
    }

    private ulong Bit(int i) => bits is null ? 1UL << i : bits[i];

    private bool TryWords(ReadOnlySpan<byte> value, ParseContext ctx, out ulong flags)
    {
        flags = 0;
        using var list = new Words(value, WordFlags.Unquote);
        while (list.Next(out ReadOnlySpan<byte> word))
        {
            int at = IndexOf(word);
            if (at >= 0)
            {
                flags |= Bit(at);
                continue;
            }
            if (!booleans)   // an unknown capability is skipped
                continue;
            ctx.Warn(complaint, value);
            return false;
        }
        return true;
    }

    private int IndexOf(ReadOnlySpan<byte> word)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].Length > 0 && System.Text.Ascii.EqualsIgnoreCase(word, words[i]))
                return i;
        }
        // A capability may be given by its number.
        return words == FlagWords.Capabilities && Numbers.TryUnsigned(word, out ulong number) == NumberResult.Done && number < (ulong)words.Length ? (int)number : -1;
    }
}
