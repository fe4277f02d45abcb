namespace SysMaster.UnitConverter.Formats.Shell;

internal enum ShellTokenKind { Word, Operator, NewLine, Redirect, End }

/// <param name="Text">The operator; of a redirect its operator too.</param>
/// <param name="Word">Of a word; of a redirect its target.</param>
/// <param name="Start">Where it stands in the text.</param>
/// <param name="End">Where it ends.</param>
internal sealed record ShellToken(ShellTokenKind Kind, string Text, ShellWord? Word, int Line, int Start, int End)
{
    public bool Is(string op) => Kind == ShellTokenKind.Operator && Text == op;

    public bool IsWord(string word) => Kind == ShellTokenKind.Word && Word is { IsQuoted: false } w && w.Literal == word;
}
