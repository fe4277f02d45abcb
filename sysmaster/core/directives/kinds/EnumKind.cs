using System.Runtime.CompilerServices;
using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>One word of a fixed list.</summary>
/// <typeparam name="TEnum">Its values number the words; int underneath.</typeparam>
/// <param name="complaint">As <see cref="ScalarKind{T}"/>.</param>
/// <param name="words">By number; an empty one is a gap.</param>
/// <param name="number">The bus shows the number ("i"), rather than the word ("s").</param>
/// <param name="emptyResets">As <see cref="ScalarKind{T}"/>.</param>
/// <param name="yes">What a boolean true means; -1: no booleans.</param>
/// <param name="no">What a boolean false means.</param>
/// <param name="aliases">Old spellings, each followed by the word it means.</param>
/// <param name="numbers">The number itself is accepted in files too.</param>
/// <param name="setAsNumber">What a client set is written as the number.</param>
/// <param name="after">As <see cref="ScalarKind{T}"/>.</param>
/// <param name="answer">What a client is told that sends something else; {0} is the property, {1} what was sent. Null: the usual.</param>
/// <param name="caution">A word that is taken, and what is said to whoever writes it.</param>
public sealed class EnumKind<TEnum>(string complaint, string[] words, bool number = false, bool emptyResets = false, int yes = -1, int no = -1,
    string[]? aliases = null, bool numbers = false, (string Word, string Text)? caution = null, string? answer = null, bool setAsNumber = false, string after = "") : ScalarKind<TEnum>(number ? "i" : "s", complaint, emptyResets, after: after) where TEnum : unmanaged, Enum
{
    /// <summary>The word of a value, as show prints it.</summary>
    public string Word(TEnum value)
    {
        int at = Unsafe.As<TEnum, int>(ref value);
        return (uint)at < (uint)words.Length ? words[at] : "";
    }

    public ReadOnlySpan<string> Words => words;

    public override void Print(TEnum value, ref ByteBuilder to) => to.AppendAscii(Word(value));

    public override void PrintSet(string name, TEnum sent, TEnum held, ref ByteBuilder to)
    {
        if (!setAsNumber)
        {
            base.PrintSet(name, sent, held, ref to);
            return;
        }
        to.AppendAscii(name);
        to.Append((byte)'=');
        to.AppendDecimal((long)Unsafe.As<TEnum, int>(ref held));
        to.Append((byte)'\n');
    }

    public override void Write(TEnum value, MessageWriter to)
    {
        if (number)
            to.WriteInt32(Unsafe.As<TEnum, int>(ref value));
        else
            to.WriteString(Word(value));
    }

    public bool TryWord(ReadOnlySpan<byte> word, out TEnum result)
    {
        result = default;
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].Length == word.Length && words[i].Length > 0 && Ascii.Equals(word, words[i]))
            {
                result = Unsafe.As<int, TEnum>(ref i);
                return true;
            }
        }
        for (int i = 0; aliases is not null && i < aliases.Length; i += 2)
        {
            if (Ascii.Equals(word, aliases[i]))
                return TryWord(Encoding.ASCII.GetBytes(aliases[i + 1]), out result);
        }
        return false;
    }

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out TEnum result)
    {
        if (TryWord(value, out result))
        {
            if (caution is var (word, text) && Ascii.Equals(value, word))
                ctx.Report(Severity.Warning, text);
            return true;
        }
        if (yes >= 0 && BooleanText.TryParse(value, out bool on))
        {
            int at = on ? yes : no;
            result = Unsafe.As<int, TEnum>(ref at);
            return true;
        }
        return numbers && Numbers.TryUnsigned(value, out ulong n) == NumberResult.Done && n < int.MaxValue && TryNumber((int)n, out result);
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out TEnum result)
    {
        int sent = number ? from.ReadInt32() : 0;
        bool ok = number ? TryNumber(sent, out result) || TryWord(Encoding.ASCII.GetBytes($"{sent}"), out result) : TryParse(from.ReadString(), ctx, out result);
        return ok || answer is not null
            && ctx.Refuse(answer.Replace("{0}", ctx.Property, StringComparison.Ordinal).Replace("{1}", $"{sent}", StringComparison.Ordinal));
    }

    private bool TryNumber(int at, out TEnum result)
    {
        result = Unsafe.As<int, TEnum>(ref at);
        return (uint)at < (uint)words.Length && words[at].Length > 0;
    }
}
