namespace SysMaster.UnitConverter;

/// <summary>What the program ends with. docs/man/unit-converter.1 documents the same numbers.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command line is wrong (System.CommandLine's own number).</summary>
    public const int Usage = 1;

    /// <summary>A source, or a part of one, could not be converted; the rest was.</summary>
    public const int SourceErrors = 2;

    /// <summary>A unit could not be written, or was there already.</summary>
    public const int NotWritten = 3;

    /// <summary>check: a unit says what has no effect here, is unknown, or is wrong.</summary>
    public const int Findings = 4;
}
