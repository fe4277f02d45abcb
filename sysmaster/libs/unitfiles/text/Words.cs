using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace SysMaster.UnitFiles;

/// <summary>
/// Takes words out of a line, one by one, with systemd's quoting rules (man 7 systemd.syntax, "Quoting"). A word without quotes or escapes
/// is a slice of the line: nothing is copied. Dispose gives the scratch memory back.
/// </summary>
/// <remarks>
/// <code>
/// using var words = new Words(value, WordFlags.Unquote | WordFlags.CUnescape | WordFlags.Warn);
/// while (words.Next(out ReadOnlySpan&lt;byte&gt; word)) { … }
/// if (words.Failed) { … }
/// </code>
/// </remarks>
public ref struct Words
{
    // The blanks of a unit file, and with them what else ends the plain part of a word: one vectorised search for nearly all words there are.
    private static readonly SearchValues<byte> s_blank = SearchValues.Create(" \t\n\r"u8);
    private static readonly SearchValues<byte> s_blankEscape = SearchValues.Create(" \t\n\r\\"u8);
    private static readonly SearchValues<byte> s_blankQuote = SearchValues.Create(" \t\n\r\"'"u8);
    private static readonly SearchValues<byte> s_blankQuoteEscape = SearchValues.Create(" \t\n\r\"'\\"u8);

    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<byte> _separators;
    private readonly WordFlags _flags;
    private ByteBuilder _scratch;
    private int _at;
    private bool _ended;

    public Words(ReadOnlySpan<byte> text, WordFlags flags = WordFlags.None, ReadOnlySpan<byte> separators = default)
    {
        _text = text;
        _separators = separators.IsEmpty ? Ascii.Whitespace : separators;
        _flags = flags;
    }

    /// <summary>What has not been taken yet. Empty once the end was reached.</summary>
    public readonly ReadOnlySpan<byte> Rest => _ended ? default : _text[_at..];

    /// <summary>The end was reached: a later <see cref="Next"/> gives nothing.</summary>
    public readonly bool AtEnd => _ended;

    public bool Failed { get; private set; }

    /// <summary>With <see cref="WordFlags.Warn"/>: the last word had an escape nobody knows, which was kept ("Ignoring unknown escape sequences").</summary>
    public bool HadUnknownEscape { get; private set; }

    /// <summary>Passes over bytes of the rest that the caller has read for himself, and the separators behind them.</summary>
    public void Skip(int bytes)
    {
        _at += bytes;
        SkipSeparators();
        _ended = _at == _text.Length;
    }

    public void Dispose() => _scratch.Dispose();

    /// <param name="word">Valid until the next call.</param>
    /// <returns>False at the end, and when <see cref="Failed"/>.</returns>
    public bool Next([UnscopedRef] out ReadOnlySpan<byte> word) => Take(out word) == WordResult.Word;

    public WordResult Take([UnscopedRef] out ReadOnlySpan<byte> word)
    {
        word = default;
        HadUnknownEscape = false;
        if (_ended || Failed) { return Failed ? WordResult.Invalid : WordResult.End; }
        bool coalesce = (_flags & WordFlags.DontCoalesceSeparators) == 0;
        if (coalesce) { SkipSeparators(); }
        if (_at == _text.Length)
        {
            _ended = true;
            return coalesce ? WordResult.End : WordResult.Word;
        }
        int plain = PlainLength();
        if (_at + plain == _text.Length || IsSeparator(_text[_at + plain]))
        {
            word = _text.Slice(_at, plain);
            _at += plain;
            EndWord(coalesce);
            return WordResult.Word;
        }
        return TakeComplex(plain, coalesce, out word);
    }

    private readonly bool IsSeparator(byte c) => _separators.Contains(c);

    private readonly bool Has(WordFlags flag) => (_flags & flag) != 0;

    private void SkipSeparators()
    {
        while (_at < _text.Length && IsSeparator(_text[_at])) { _at++; }
    }

    /// <summary>How many bytes from here need no treatment: up to a separator, quote or backslash that counts.</summary>
    private readonly int PlainLength()
    {
        bool quotes = Has(WordFlags.Unquote | WordFlags.KeepQuote);
        bool escapes = !Has(WordFlags.RetainEscape);
        ReadOnlySpan<byte> rest = _text[_at..];
        if (_separators == Ascii.Whitespace)
        {
            int found = rest.IndexOfAny(quotes ? (escapes ? s_blankQuoteEscape : s_blankQuote) : escapes ? s_blankEscape : s_blank);
            return found < 0 ? rest.Length : found;
        }
        int i = 0;
        for (; i < rest.Length; i++)
        {
            byte c = rest[i];
            if (IsSeparator(c) || (quotes && c is (byte)'"' or (byte)'\'') || (escapes && c == (byte)'\\')) { break; }
        }
        return i;
    }

    /// <summary>After the last byte of a word: eat what separates it from the next.</summary>
    private void EndWord(bool coalesce)
    {
        if (_at == _text.Length)
        {
            _ended = true;
            return;
        }
        if (Has(WordFlags.RetainSeparators)) { return; }
        if (!coalesce)
        {
            _at++;
            return;
        }
        SkipSeparators();
        if (_at == _text.Length) { _ended = true; }
    }

    private WordResult TakeComplex(int plain, bool coalesce, [UnscopedRef] out ReadOnlySpan<byte> word)
    {
        _scratch.Clear();
        _scratch.Append(_text.Slice(_at, plain));
        _at += plain;
        byte quote = 0;
        for (; _at < _text.Length; _at++)
        {
            byte c = _text[_at];
            if (c == (byte)'\\' && !Has(WordFlags.RetainEscape))
            {
                if (!Backslash(quote, out bool done)) { return Invalid(out word); }
                if (done) { quote = 0; break; }
            }
            else if (quote != 0)
            {
                if (c != quote) { _scratch.Append(c); continue; }
                quote = 0;
                if (Has(WordFlags.KeepQuote)) { _scratch.Append(c); }
            }
            else if (c is (byte)'"' or (byte)'\'' && Has(WordFlags.Unquote | WordFlags.KeepQuote))
            {
                quote = c;
                if (Has(WordFlags.KeepQuote)) { _scratch.Append(c); }
            }
            else if (IsSeparator(c)) { break; }
            else { _scratch.Append(c); }
        }
        if (quote != 0 && !Has(WordFlags.Relax)) { return Invalid(out word); }
        EndWord(coalesce);
        word = _scratch.Written;
        return WordResult.Word;
    }

    /// <summary>At a backslash. On success stands on the last byte used; <paramref name="done"/> when it was the last of the text.</summary>
    private bool Backslash(byte quote, out bool done)
    {
        done = _at + 1 == _text.Length;
        if (done)
        {
            _at++;
            if (Has(WordFlags.UnescapeRelax | WordFlags.Warn) && (quote == 0 || Has(WordFlags.Relax)))
            {
                HadUnknownEscape = true;
                _scratch.Append((byte)'\\');
                return true;
            }
            return Has(WordFlags.Relax);
        }
        byte next = _text[_at + 1];
        if (!Has(WordFlags.CUnescape | WordFlags.UnescapeSeparators))
        {
            _scratch.Append(next);
            _at++;
            return true;
        }
        uint value = 0;
        bool isByte = false;
        int used = Has(WordFlags.CUnescape) ? CEscape.TryUnescapeOne(_text[(_at + 1)..], out value, out isByte) : 0;
        if (used > 0)
        {
            CEscape.AppendValue(ref _scratch, value, isByte);
            _at += used;
            return true;
        }
        if (!(Has(WordFlags.UnescapeSeparators) && (IsSeparator(next) || next == (byte)'\\')))
        {
            if (!Has(WordFlags.UnescapeRelax | WordFlags.Warn)) { return false; }
            HadUnknownEscape = true;
            _scratch.Append((byte)'\\');
        }
        _scratch.Append(next);
        _at++;
        return true;
    }

    private WordResult Invalid(out ReadOnlySpan<byte> word)
    {
        word = default;
        Failed = true;
        _ended = true;
        return WordResult.Invalid;
    }
}
