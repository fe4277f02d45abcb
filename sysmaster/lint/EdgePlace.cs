using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units;

namespace SysMaster.Lint;

/// <summary>Where a dependency between two units was written: a line of a unit file, or a link in a .wants/ folder.</summary>
public static class EdgePlace
{
    /// <param name="files">The unit's file and its drop-ins.</param>
    /// <param name="keys">The directives that make such an edge.</param>
    /// <returns>"file:line"; null: in none of the files.</returns>
    public static string? InFiles(string unit, IEnumerable<string> files, string[] keys, string other)
    {
        if (!UnitName.TryParse(unit, out UnitName name) || !UnitName.TryParse(other, out UnitName sought)) { return null; }
        foreach (string file in files)
        {
            if (LineOf(file, name, keys, sought) is { } line) { return $"{file}:{line}"; }
        }

        return null;
    }

    /// <param name="suffix">wants, requires or upholds.</param>
    public static string? InLinks(string unit, string suffix, string other)
    {
        foreach (string directory in (string[])["/etc/systemd/system", "/run/systemd/system", "/run/systemd/generator", "/run/systemd/generator.early", "/run/systemd/generator.late", "/run/systemd/transient",
            "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"])
        {
            string link = $"{directory}/{unit}.{suffix}/{other}";
            if (new FileInfo(link).LinkTarget is not null || File.Exists(link)) { return link; }
        }

        return null;
    }

    private static int? LineOf(string file, UnitName unit, string[] keys, UnitName sought)
        => AllDirectives.Of(unit.Kind).Section("Unit"u8) is { } section ? DependencyLine.In((ByteText)file, unit, section, new SampleSpecifiers(unit), keys, sought) : null;
}
