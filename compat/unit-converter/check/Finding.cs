namespace SysMaster.UnitConverter.Check;

/// <param name="File">As it was found.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Section">Without brackets.</param>
/// <param name="Key">Left of the equals sign; empty for a bad line.</param>
/// <param name="Text">What is to be said about it; empty where the verdict says it all.</param>
internal sealed record Finding(string File, int Line, Verdict Verdict, string Section, string Key, string Text);
