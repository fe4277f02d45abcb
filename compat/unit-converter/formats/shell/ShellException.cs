namespace SysMaster.UnitConverter.Formats.Shell;

/// <summary>The script uses what this reader does not know, or is no shell. Ends the parsing of this one script; the caller falls back.</summary>
internal sealed class ShellException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
