namespace SysMaster.UnitFiles;

/// <summary>Something to tell about a value, in systemd's words; the caller adds file and line.</summary>
/// <param name="Message">A sentence without its end.</param>
/// <param name="IsError">The unit cannot be started as it is; else a warning.</param>
public readonly record struct TextProblem(string Message, bool IsError);
