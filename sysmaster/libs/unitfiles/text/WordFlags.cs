namespace SysMaster.UnitFiles;

/// <summary>How <see cref="Words"/> takes words out of a line; the same switches as systemd's.</summary>
[Flags]
public enum WordFlags
{
    None = 0,

    /// <summary>An unclosed quote ends with the text; a trailing backslash is dropped.</summary>
    Relax = 1,

    /// <summary>C escapes are resolved.</summary>
    CUnescape = 2,

    /// <summary>Unknown escapes, and a trailing backslash, stay as they are.</summary>
    UnescapeRelax = 4,

    /// <summary>A backslash before a separator, or another backslash, makes it an ordinary character.</summary>
    UnescapeSeparators = 8,

    /// <summary>Quotes group, and stay in the word.</summary>
    KeepQuote = 16,

    /// <summary>Quotes group, and are dropped.</summary>
    Unquote = 32,

    /// <summary>Two separators in a row stand around an empty word.</summary>
    DontCoalesceSeparators = 64,

    /// <summary>The backslash is an ordinary character.</summary>
    RetainEscape = 128,

    /// <summary>The separator after the word is left in the rest.</summary>
    RetainSeparators = 256,

    /// <summary>As systemd reads unit files: an unknown escape stays and is told in <see cref="Words.HadUnknownEscape"/>; an unclosed quote refuses.</summary>
    Warn = 512,
}
