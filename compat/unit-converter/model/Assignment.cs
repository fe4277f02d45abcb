namespace SysMaster.UnitConverter;

/// <summary>One line of a converted unit.</summary>
/// <param name="Section">Without brackets.</param>
/// <param name="Key">Left of the equals sign.</param>
/// <param name="Value">As it stands in the file, quoted already.</param>
/// <param name="Line">The line of the source that it comes from; 0 for what the format implies.</param>
internal sealed record Assignment(string Section, string Key, string Value, int Line);
