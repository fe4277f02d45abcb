namespace SysMaster.UnitConverter.Formats.Shell;

/// <summary>A piece of a script, as sh reads it. Only what a reader needs who never runs it.</summary>
internal abstract record ShellNode(int Line);

internal sealed record ShellAssignment(string Name, ShellWord Value, bool Appends);

/// <param name="Target">Null for a here-document.</param>
internal sealed record ShellRedirect(string Operator, ShellWord? Target);

internal sealed record ShellSimple(int Line, IReadOnlyList<ShellAssignment> Assignments, IReadOnlyList<ShellWord> Words, IReadOnlyList<ShellRedirect> Redirects, string Source) : ShellNode(Line);

/// <param name="And">"&amp;&amp;"; else "||".</param>
internal sealed record ShellAndOr(ShellNode Left, ShellNode Right, bool And) : ShellNode(Left.Line);

internal sealed record ShellNot(ShellNode Inner) : ShellNode(Inner.Line);

internal sealed record ShellPipeline(int Line, IReadOnlyList<ShellNode> Parts) : ShellNode(Line);

internal sealed record ShellSequence(int Line, IReadOnlyList<ShellNode> Nodes) : ShellNode(Line);

internal sealed record ShellIf(int Line, ShellNode Condition, ShellNode Then, ShellNode? Else) : ShellNode(Line);

internal sealed record ShellCaseItem(IReadOnlyList<ShellWord> Patterns, ShellNode Body, int Line);

internal sealed record ShellCase(int Line, ShellWord Subject, IReadOnlyList<ShellCaseItem> Items) : ShellNode(Line);

internal sealed record ShellLoop(int Line, ShellNode Body) : ShellNode(Line);

internal sealed record ShellFunction(int Line, string Name, ShellNode Body) : ShellNode(Line);

/// <summary>( … ): what is set inside does not come out.</summary>
internal sealed record ShellSubshell(int Line, ShellNode Body) : ShellNode(Line);

internal sealed record ShellBackground(ShellNode Inner) : ShellNode(Inner.Line);
