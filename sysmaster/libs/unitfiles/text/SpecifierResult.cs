namespace SysMaster.UnitFiles;

/// <summary>What came of a specifier, or of a text with specifiers.</summary>
public enum SpecifierResult
{
    Done,

    /// <summary>No such letter: the text keeps "%x" as it is, as systemd does.</summary>
    Unknown,

    /// <summary>The letter exists but has no value here (no instance to unescape, no such user, no os-release): the setting is refused.</summary>
    Failed,

    /// <summary>The whole became longer than allowed: the setting is refused.</summary>
    TooLong,
}
