namespace SysMaster.Lint;

/// <param name="Id">For suppressions and programs: never given to another rule.</param>
/// <param name="Word">In a line for people.</param>
/// <param name="Text">What the rule is about, in a sentence.</param>
public sealed record Rule(string Id, string Word, Level Level, string Text);
