namespace SysMaster.UnitConverter.Formats.Shell;

internal enum ShellPartKind
{
    /// <summary>Itself.</summary>
    Literal,

    /// <summary>$X, ${X}, ${X:-y} …</summary>
    Variable,

    /// <summary>$(…), `…`, $((…)): known only when it runs.</summary>
    Command,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, the variable's name, or the command.</param>
/// <param name="Quoted">Stood inside quotes: is not split.</param>
/// <param name="Operator">Of a variable: "", ":-", "-", ":+", "+", ":=", "=", or "?" for whatever else.</param>
/// <param name="Argument">Right of the operator.</param>
internal sealed record ShellPart(ShellPartKind Kind, string Text, bool Quoted, string Operator = "", ShellWord? Argument = null);

/// <summary>A word before expansion.</summary>
internal sealed record ShellWord(IReadOnlyList<ShellPart> Parts)
{
    /// <summary>The text when nothing in it has to be expanded; else null.</summary>
    public string? Literal => Parts.All(p => p.Kind == ShellPartKind.Literal) ? string.Concat(Parts.Select(p => p.Text)) : null;

    public bool IsQuoted => Parts.Any(p => p.Quoted);
}
