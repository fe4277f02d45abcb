using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>The line of a unit file that makes a dependency: read again when somebody asks, since loaded units do not keep where each name came from.</summary>
public static class DependencyLine
{
    private const int MaxSize = 1 << 20;

    /// <param name="file">A unit file or drop-in.</param>
    /// <param name="unit">Whose it is.</param>
    /// <param name="section">Its [Unit].</param>
    /// <param name="keys">The directives that make such a dependency.</param>
    /// <param name="sought">The unit it is on.</param>
    /// <returns>From 1; null when no line of it does.</returns>
    public static int? In(ByteText file, UnitName unit, DirectiveSection section, ISpecifierSource specifiers, string[] keys, UnitName sought)
    {
        Result<byte[]> content = Sys.ReadFile(file, MaxSize);
        if (content.Failed) { return null; }
        var context = new ParseContext(unit, specifiers, Silence.Instance) { File = file };
        var reader = new UnitFileReader(content.Value);
        try
        {
            while (reader.MoveNext())
            {
                if (reader.Item is UnitFileItem.Section or UnitFileItem.BadLine || section.Find(reader.Key) is not Directive<UnitName[]> row || Array.IndexOf(keys, row.Name) < 0) { continue; }
                var bag = new SettingsBag();
                row.Parse(bag, reader.Value, context);
                if (Array.IndexOf(bag.Get(row), sought) >= 0) { return reader.Line; }
            }
            return null;
        }
        finally { reader.Dispose(); }
    }

    private sealed class Silence : IDiagnostics
    {
        public static readonly Silence Instance = new();

        public void Report(Severity severity, ByteText file, int line, string text) { }
    }
}
