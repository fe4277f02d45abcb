using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>Complaints about a client's values: the first one becomes the error it is answered with. Nothing is ignored then, as it would be in a file.</summary>
internal sealed class BusDiagnostics : IDiagnostics
{
    public string? First { get; private set; }

    public void Report(Severity severity, ByteText file, int line, string text) => First ??= text.Replace(", ignoring", "", StringComparison.Ordinal);
}
