using System.Text;

namespace SysMaster.UnitConverter.Formats.Shell;

/// <summary>The tokens of a script: words with their quoting taken apart, operators, redirections. POSIX shell, and bash where init scripts use it.</summary>
internal sealed class ShellLexer(string text)
{
    private const int MaxDepth = 40;
    private static readonly string[] s_operators = [";;&", ";;", ";&", "&&", "||", "|&", ";", "&", "|", "(", ")"];
    private static readonly string[] s_redirects = ["<<<", "<<-", "&>>", "<<", ">>", ">&", "<&", "&>", ">|", "<>", ">", "<"];

    private readonly List<(string End, bool Strip)> _documents = [];
    private int _at;
    private int _line = 1;
    private int _depth;

    public ShellToken Next()
    {
        SkipBlanks();
        int start = _at;
        if (_at >= text.Length) { return new ShellToken(ShellTokenKind.End, "", null, _line, start, start); }
        if (text[_at] == '\n')
        {
            var token = new ShellToken(ShellTokenKind.NewLine, "\n", null, _line, start, start + 1);
            _at++;
            _line++;
            SkipDocuments();
            return token;
        }
        if (Redirect(start) is { } redirect) { return redirect; }
        foreach (string op in s_operators)
        {
            if (!At(op)) { continue; }
            _at += op.Length;
            return new ShellToken(ShellTokenKind.Operator, op, null, _line, start, _at);
        }
        int line = _line;
        ShellWord word = Word();
        return new ShellToken(ShellTokenKind.Word, "", word, line, start, _at);
    }

    /// <summary>Expands a text outside of any script (a value of a default file) as if in double quotes.</summary>
    public static ShellWord Quoted(string text)
    {
        var parts = new List<ShellPart>();
        new ShellLexer(text).Double(parts, end: '\0');
        return new ShellWord(parts);
    }

    private bool At(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r') { _at++; }
            else if (At("\\\n"))
            {
                _at += 2;
                _line++;
            }
            else if (text[_at] == '#')
            {
                while (_at < text.Length && text[_at] != '\n') { _at++; }
            }
            else { return; }
        }
    }

    private ShellToken? Redirect(int start)
    {
        int digits = _at;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) { digits++; }
        if (digits > _at && !(digits < text.Length && text[digits] is '<' or '>')) { return null; }
        int line = _line, at = _at;
        _at = digits;
        foreach (string op in s_redirects)
        {
            if (!At(op)) { continue; }
            _at += op.Length;
            SkipBlanks();
            ShellWord? target = Word();
            if (op is "<<" or "<<-")
            {
                _documents.Add((string.Concat(target.Parts.Select(p => p.Text)), op == "<<-"));
                target = null;
            }
            return new ShellToken(ShellTokenKind.Redirect, text[at..digits] + op, target, line, start, _at);
        }
        _at = at;
        return null;
    }

    private void SkipDocuments()
    {
        foreach ((string end, bool strip) in _documents)
        {
            while (_at < text.Length)
            {
                int stop = text.IndexOf('\n', _at);
                string line = stop < 0 ? text[_at..] : text[_at..stop];
                _at = stop < 0 ? text.Length : stop + 1;
                _line += stop < 0 ? 0 : 1;
                if ((strip ? line.TrimStart('\t') : line).TrimEnd('\r') == end) { break; }
            }
        }
        _documents.Clear();
    }

    private ShellWord Word()
    {
        var parts = new List<ShellPart>();
        var bare = new StringBuilder();
        bool any = false;
        while (_at < text.Length && !IsMeta(text[_at]))
        {
            any = true;
            char c = text[_at];
            if (c == '\\') { Escape(bare, parts); }
            else if (c is '\'' or '"' or '$' or '`')
            {
                Flush(bare, parts, quoted: false);
                Special(c, parts);
            }
            else
            {
                bare.Append(c);
                _at++;
            }
        }
        if (!any) { throw new ShellException(_line, $"a word is missing before \"{(_at < text.Length ? text[_at] : ' ')}\""); }
        Flush(bare, parts, quoted: false);
        return new ShellWord(parts);
    }

    private static bool IsMeta(char c) => c is ' ' or '\t' or '\r' or '\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>';

    private static void Flush(StringBuilder bare, List<ShellPart> parts, bool quoted)
    {
        if (bare.Length > 0) { parts.Add(new ShellPart(ShellPartKind.Literal, bare.ToString(), quoted)); }
        bare.Clear();
    }

    private void Escape(StringBuilder bare, List<ShellPart> parts)
    {
        _at++;
        if (_at >= text.Length) { return; }
        if (text[_at] == '\n') { _line++; }
        else
        {
            Flush(bare, parts, quoted: false);
            parts.Add(new ShellPart(ShellPartKind.Literal, text[_at].ToString(), true));
        }
        _at++;
    }

    private void Special(char c, List<ShellPart> parts)
    {
        if (c == '\'')
        {
            int end = text.IndexOf('\'', _at + 1);
            if (end < 0) { throw new ShellException(_line, "a quote is not closed"); }
            string inside = text[(_at + 1)..end];
            parts.Add(new ShellPart(ShellPartKind.Literal, inside, true));
            _line += inside.AsSpan().Count('\n');
            _at = end + 1;
        }
        else if (c == '"')
        {
            _at++;
            Double(parts, '"');
        }
        else if (c == '`') { Backquotes(parts, quoted: false); }
        else { Dollar(parts, quoted: false); }
    }

    private void Double(List<ShellPart> parts, char end)
    {
        var bare = new StringBuilder();
        int count = parts.Count;
        while (true)
        {
            if (_at >= text.Length)
            {
                if (end == '\0') { break; }
                throw new ShellException(_line, "a double quote is not closed");
            }
            char c = text[_at];
            if (c == end && end != '\0')
            {
                _at++;
                break;
            }
            if (c == '\\' && _at + 1 < text.Length && text[_at + 1] is '"' or '\\' or '$' or '`' or '\n')
            {
                if (text[_at + 1] == '\n') { _line++; }
                else { bare.Append(text[_at + 1]); }
                _at += 2;
            }
            else if (c is '$' or '`')
            {
                Flush(bare, parts, quoted: true);
                if (c == '$') { Dollar(parts, quoted: true); }
                else { Backquotes(parts, quoted: true); }
            }
            else
            {
                _line += c == '\n' ? 1 : 0;
                bare.Append(c);
                _at++;
            }
        }
        Flush(bare, parts, quoted: true);
        if (parts.Count == count) { parts.Add(new ShellPart(ShellPartKind.Literal, "", true)); }
    }

    private void Backquotes(List<ShellPart> parts, bool quoted)
    {
        int start = ++_at;
        while (_at < text.Length && text[_at] != '`')
        {
            _line += text[_at] == '\n' ? 1 : 0;
            _at += text[_at] == '\\' ? 2 : 1;
        }
        if (_at >= text.Length) { throw new ShellException(_line, "a backquote is not closed"); }
        parts.Add(new ShellPart(ShellPartKind.Command, text[start.._at], quoted));
        _at++;
    }

    private void Dollar(List<ShellPart> parts, bool quoted)
    {
        _at++;
        char c = _at < text.Length ? text[_at] : ' ';
        if (c == '(') { parts.Add(new ShellPart(ShellPartKind.Command, Balanced('(', ')'), quoted)); }
        else if (c == '{') { Braced(parts, quoted); }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            int start = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_')) { _at++; }
            parts.Add(new ShellPart(ShellPartKind.Variable, text[start.._at], quoted));
        }
        else if (char.IsAsciiDigit(c) || c is '@' or '*' or '#' or '?' or '$' or '!' or '-')
        {
            parts.Add(new ShellPart(ShellPartKind.Variable, c.ToString(), quoted));
            _at++;
        }
        else { parts.Add(new ShellPart(ShellPartKind.Literal, "$", quoted)); }
    }

    private string Balanced(char open, char close)
    {
        int depth = 0, start = _at + 1;
        for (; _at < text.Length; _at++)
        {
            char c = text[_at];
            if (c == '\n') { _line++; }
            else if (c == '\\') { _at++; }
            else if (c == '\'') { SkipTo('\''); }
            else if (c == '"') { SkipTo('"'); }
            else if (c == open) { depth++; }
            else if (c == close && --depth == 0)
            {
                _at++;
                return text[start..(_at - 1)];
            }
        }
        throw new ShellException(_line, $"\"{open}\" is not closed");
    }

    private void SkipTo(char quote)
    {
        for (_at++; _at < text.Length && text[_at] != quote; _at++)
        {
            if (text[_at] == '\\' && quote == '"') { _at++; }
            _line += _at < text.Length && text[_at] == '\n' ? 1 : 0;
        }
    }

    private void Braced(List<ShellPart> parts, bool quoted)
    {
        int line = _line;
        string inside = Balanced('{', '}');
        int end = 0;
        while (end < inside.Length && (char.IsAsciiLetterOrDigit(inside[end]) || inside[end] == '_')) { end++; }
        if (end == 0)
        {
            parts.Add(inside is "@" or "*" or "#" or "?" or "$" or "!"
                ? new ShellPart(ShellPartKind.Variable, inside, quoted) : new ShellPart(ShellPartKind.Command, "${" + inside + "}", quoted));
            return;
        }
        string name = inside[..end], rest = inside[end..];
        string op = rest.StartsWith(':') && rest.Length > 1 ? rest[..2] : rest.Length > 0 ? rest[..1] : "";
        if (op.Length > 0 && op is not (":-" or "-" or ":+" or "+" or ":=" or "=")) { op = "?"; }
        if (++_depth > MaxDepth) { throw new ShellException(line, "expansions are nested too deep"); }
        ShellWord? argument = op is "" or "?" ? null : new ShellLexer(rest[op.Length..]) { _depth = _depth }.Rest(quoted);
        _depth--;
        parts.Add(new ShellPart(ShellPartKind.Variable, name, quoted, op, argument));
    }

    /// <summary>The right side of ${X:-…}: blanks belong to it, quotes work as outside.</summary>
    private ShellWord Rest(bool quoted)
    {
        var parts = new List<ShellPart>();
        var bare = new StringBuilder();
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c == '\\' ) { Escape(bare, parts); }
            else if (c is '"' or '$' or '`' || (c == '\'' && !quoted))
            {
                Flush(bare, parts, quoted);
                Special(c, parts);
            }
            else
            {
                bare.Append(c);
                _at++;
            }
        }
        Flush(bare, parts, quoted);
        return new ShellWord(parts);
    }
}
