using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>Where complaints about bad lines go: the manager's log, the linter, or a test.</summary>
public interface IDiagnostics
{
    /// <param name="severity">How loud.</param>
    /// <param name="file">The file as it was opened; empty for the bus.</param>
    /// <param name="line">From 1; 0 where there is none.</param>
    /// <param name="text">What was found and what happens now; no file, line or unit in it.</param>
    void Report(Severity severity, ByteText file, int line, string text);
}
