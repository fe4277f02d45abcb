namespace SysMaster.Lint;

/// <param name="File">As it was found.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Section">Without brackets; empty outside of one.</param>
/// <param name="Key">Left of the equals sign; empty where there is none.</param>
/// <param name="Text">What is to be said about it; empty where the rule says it all.</param>
/// <param name="NewKey">The name that means the same today; null: nothing can be mended without a person.</param>
public sealed record Finding(Rule Rule, string File, int Line, string Section, string Key, string Text, string? NewKey = null);
