using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;

namespace SysMaster.UnitConverter.Formats.Runit;

/// <summary>The small files of a service folder of runit or s6.</summary>
internal sealed class ServiceFolder(string path, InputOptions options)
{
    public string Path => path;

    public string Name => path[(path.LastIndexOf('/') + 1)..];

    public bool Has(string file) => options.Exists($"{path}/{file}");

    public IReadOnlyList<string> List(string folder = "") => options.List(folder.Length == 0 ? path : $"{path}/{folder}");

    /// <summary>The first line of a small file, trimmed; null without one.</summary>
    public string? Line(string file) => options.ReadOther($"{path}/{file}")?.FirstLine.Trim() is { Length: > 0 } line ? line : null;

    public SourceText? Read(string file) => options.ReadOther($"{path}/{file}");

    /// <summary>A command line that runs one of its programs.</summary>
    public string Exec(string file) => Quote.Program($"{path}/{file}");
}
