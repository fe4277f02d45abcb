using System.Text;

namespace SysMaster.UnitFiles;

/// <summary>The words of warnings about unit files, as people know them from the journal; without the "file:line: " in front.</summary>
public static class UnitFileMessages
{
    public static string Of(UnitFileProblem problem, ReadOnlySpan<byte> raw) => problem switch
    {
        UnitFileProblem.OutsideOfSection => "Assignment outside of section. Ignoring.",
        UnitFileProblem.MissingEquals => "Missing '=', ignoring line.",
        UnitFileProblem.MissingKey => "Missing key name before '=', ignoring line.",
        UnitFileProblem.NotUtf8 => $"String is not UTF-8 clean, ignoring assignment: {Encoding.UTF8.GetString(raw)}",
        UnitFileProblem.InvalidSectionHeader => $"Invalid section header '{Encoding.UTF8.GetString(raw)}'",
        UnitFileProblem.BadCharactersInSection => $"Bad characters in section header '{Encoding.UTF8.GetString(raw)}'",
        UnitFileProblem.LineTooLong => "Line too long",
        UnitFileProblem.ContinuationTooLong => "Continuation line too long",
        _ => "",
    };

    public static string UnknownSection(ReadOnlySpan<byte> section) => $"Unknown section '{Encoding.UTF8.GetString(section)}'. Ignoring.";

    public static string UnknownKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> section)
        => $"Unknown key '{Encoding.UTF8.GetString(key)}' in section [{Encoding.UTF8.GetString(section)}], ignoring.";

    public static string UnknownEscape(ReadOnlySpan<byte> word) => $"Ignoring unknown escape sequences: \"{Encoding.UTF8.GetString(word)}\"";

    public static string UnbalancedQuoting(ReadOnlySpan<byte> value) => $"Unbalanced quoting, ignoring: \"{Encoding.UTF8.GetString(value)}\"";
}
