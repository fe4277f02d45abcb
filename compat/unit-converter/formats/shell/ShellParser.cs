namespace SysMaster.UnitConverter.Formats.Shell;

/// <summary>
/// Reads a script into its tree, without running anything. What init scripts are written in: POSIX sh, and the functions, arrays aside, of bash.
/// </summary>
internal sealed class ShellParser
{
    private const int MaxDepth = 200;
    private static readonly string[] s_closing = ["then", "else", "elif", "fi", "do", "done", "esac", "}"];

    private readonly string _text;
    private readonly ShellLexer _lexer;
    private ShellToken _token;
    private int _depth;
    private int _end;

    private ShellParser(string text)
    {
        _text = text;
        _lexer = new ShellLexer(text);
        _token = _lexer.Next();
    }

    /// <exception cref="ShellException">It is no script that this reader understands.</exception>
    public static ShellNode Parse(string text)
    {
        var parser = new ShellParser(text);
        ShellNode node = parser.List();
        return parser._token.Kind == ShellTokenKind.End ? node : throw parser.Unexpected();
    }

    private ShellException Unexpected() => new(_token.Line, $"\"{(_token.Kind == ShellTokenKind.End ? "the end" : _text[_token.Start.._token.End])}\" is not understood here");

    private void Advance()
    {
        _end = _token.End;
        _token = _lexer.Next();
    }

    private void SkipLines()
    {
        while (_token.Kind == ShellTokenKind.NewLine) { Advance(); }
    }

    private bool Take(string word)
    {
        if (!_token.IsWord(word)) { return false; }
        Advance();
        return true;
    }

    private void Need(string word)
    {
        SkipLines();
        if (!Take(word)) { throw Unexpected(); }
    }

    private bool AtClosing() => _token.Kind == ShellTokenKind.End || _token.Is(")") || _token.Is(";;") || _token.Is(";&") || _token.Is(";;&") || Array.Exists(s_closing, _token.IsWord);

    private ShellSequence List()
    {
        if (++_depth > MaxDepth) { throw new ShellException(_token.Line, "it is nested too deep"); }
        int line = _token.Line;
        var nodes = new List<ShellNode>();
        SkipLines();
        while (!AtClosing())
        {
            ShellNode node = AndOr();
            if (_token.Is("&")) { node = new ShellBackground(node); }
            nodes.Add(node);
            if (_token.Is(";") || _token.Is("&")) { Advance(); }
            else if (_token.Kind != ShellTokenKind.NewLine && !AtClosing()) { throw Unexpected(); }
            SkipLines();
        }
        _depth--;
        return new ShellSequence(line, nodes);
    }

    private ShellNode AndOr()
    {
        ShellNode left = Pipeline();
        while (_token.Is("&&") || _token.Is("||"))
        {
            bool and = _token.Is("&&");
            Advance();
            SkipLines();
            left = new ShellAndOr(left, Pipeline(), and);
        }
        return left;
    }

    private ShellNode Pipeline()
    {
        bool negated = false;
        while (Take("!")) { negated = !negated; }
        int line = _token.Line;
        var parts = new List<ShellNode> { Command() };
        while (_token.Is("|") || _token.Is("|&"))
        {
            Advance();
            SkipLines();
            parts.Add(Command());
        }
        ShellNode node = parts.Count == 1 ? parts[0] : new ShellPipeline(line, parts);
        return negated ? new ShellNot(node) : node;
    }

    private ShellNode Command()
    {
        int line = _token.Line;
        ShellNode? node = null;
        if (_token.Is("("))
        {
            Advance();
            node = new ShellSubshell(line, List());
            if (!_token.Is(")")) { throw Unexpected(); }
            Advance();
        }
        else if (Take("{"))
        {
            node = List();
            Need("}");
        }
        else if (Take("if")) { node = If(line); }
        else if (Take("case")) { node = Case(line); }
        else if (Take("while") || Take("until"))
        {
            ShellNode condition = List();
            node = new ShellLoop(line, new ShellSequence(line, [condition, Do()]));
        }
        else if (Take("for")) { node = For(line); }
        else if (Take("function")) { return Function(line, Name()); }
        if (node is null) { return Simple(); }
        while (_token.Kind == ShellTokenKind.Redirect) { Advance(); }
        return node;
    }

    private string Name()
    {
        string name = _token.Word?.Literal ?? throw Unexpected();
        Advance();
        return name;
    }

    private ShellFunction Function(int line, string name)
    {
        if (_token.Is("("))
        {
            Advance();
            if (!_token.Is(")")) { throw Unexpected(); }
            Advance();
        }
        SkipLines();
        return new ShellFunction(line, name, Command());
    }

    private ShellSequence Do()
    {
        Need("do");
        ShellSequence body = List();
        Need("done");
        return body;
    }

    private ShellIf If(int line)
    {
        ShellNode condition = List();
        Need("then");
        ShellNode then = List();
        int next = _token.Line;
        if (Take("elif")) { return new ShellIf(line, condition, then, If(next)); }
        ShellNode? otherwise = Take("else") ? List() : null;
        Need("fi");
        return new ShellIf(line, condition, then, otherwise);
    }

    private ShellLoop For(int line)
    {
        if (_token.Is("(")) { throw Unexpected(); }
        Name();
        SkipLines();
        if (Take("in"))
        {
            while (_token.Kind == ShellTokenKind.Word) { Advance(); }
        }
        if (_token.Is(";")) { Advance(); }
        return new ShellLoop(line, Do());
    }

    private ShellCase Case(int line)
    {
        ShellWord subject = _token.Word ?? throw Unexpected();
        Advance();
        Need("in");
        var items = new List<ShellCaseItem>();
        SkipLines();
        while (!_token.IsWord("esac"))
        {
            int at = _token.Line;
            if (_token.Is("(")) { Advance(); }
            var patterns = new List<ShellWord>();
            while (true)
            {
                patterns.Add(_token.Word ?? throw Unexpected());
                Advance();
                if (!_token.Is("|")) { break; }
                Advance();
            }
            if (!_token.Is(")")) { throw Unexpected(); }
            Advance();
            items.Add(new ShellCaseItem(patterns, List(), at));
            if (_token.Is(";;")) { Advance(); }
            else if (!_token.IsWord("esac")) { throw Unexpected(); }
            SkipLines();
        }
        Advance();
        return new ShellCase(line, subject, items);
    }

    private ShellNode Simple()
    {
        int line = _token.Line, start = _token.Start;
        var assignments = new List<ShellAssignment>();
        var words = new List<ShellWord>();
        var redirects = new List<ShellRedirect>();
        while (_token.Kind is ShellTokenKind.Word or ShellTokenKind.Redirect)
        {
            if (_token.Kind == ShellTokenKind.Redirect) { redirects.Add(new ShellRedirect(_token.Text, _token.Word)); }
            else if (words.Count == 0 && Assignment(_token.Word!) is { } assignment) { assignments.Add(assignment); }
            else { words.Add(_token.Word!); }
            bool first = words.Count == 1 && assignments.Count == 0;
            Advance();
            if (first && _token.Is("(") && words[0].Literal is { } name) { return Function(line, name); }
        }
        if (words.Count == 0 && assignments.Count == 0 && redirects.Count == 0) { throw Unexpected(); }
        return new ShellSimple(line, assignments, words, redirects, _text[start..Math.Max(start, _end)]);
    }

    internal static ShellAssignment? Assignment(ShellWord word)
    {
        if (word.Parts.Count == 0 || word.Parts[0] is not { Kind: ShellPartKind.Literal, Quoted: false } first) { return null; }
        int equals = first.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) { return null; }
        string name = first.Text[..equals];
        bool appends = name.EndsWith('+');
        name = name.TrimEnd('+');
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) { return null; }
        var parts = new List<ShellPart>(word.Parts);
        parts[0] = first with { Text = first.Text[(equals + 1)..] };
        if (parts[0].Text.Length == 0) { parts.RemoveAt(0); }
        return new ShellAssignment(name, new ShellWord(parts), appends);
    }
}
