using System.Text;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>system.conf or user.conf with its drop-ins: the [Manager] section. systemd-system.conf(5).</summary>
internal sealed class ManagerConfig(ISpecifierSource specifiers) : IDiagnostics
{
    private static readonly string[] s_directories = ["/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd"];

    private int _files;

    /// <param name="name">system.conf or user.conf.</param>
    /// <param name="own">The user's own directory, before the others; null for the system.</param>
    /// <param name="overrides">Directives that win over all files.</param>
    public SettingsBag Read(string name, string? own, IReadOnlyList<(string Name, string Value)> overrides)
    {
        var bag = new SettingsBag();
        string[] directories = own is null ? s_directories : [own, .. s_directories];
        foreach (string directory in directories)
        {
            // The first main file that is there is the one; drop-ins of all directories come after it.
            if (ReadOne(bag, $"{directory}/{name}")) { break; }
        }
        var dropIns = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string directory in directories)
        {
            Result<DirectoryReader> open = Sys.OpenDirectory(new ByteText($"{directory}/{name}.d"));
            if (open.Failed) { continue; }
            using DirectoryReader reader = open.Value;
            foreach (DirectoryEntry entry in reader)
            {
                string file = Encoding.UTF8.GetString(entry.Name);
                if (file.EndsWith(".conf", StringComparison.Ordinal)) { dropIns.TryAdd(file, $"{directory}/{name}.d/{file}"); }
            }
        }
        foreach (string path in dropIns.Values) { ReadOne(bag, path); }
        var line = new ParseContext(default, specifiers, this) { File = "/proc/cmdline"u8, Origin = Origin.Implied };
        foreach ((string key, string value) in overrides)
        {
            if (ManagerDirectives.Section.Find(Encoding.ASCII.GetBytes(key)) is not { } row) { continue; }
            line.Name = key;
            row.Parse(bag, Encoding.UTF8.GetBytes(value), line);
        }
        return bag;
    }

    public void Report(Severity severity, ByteText file, int line, string text) =>
        Log.Write(LogLevel.Warning, new LogContext { NoPrefix = true, ConfigFile = file.ToString(), ConfigLine = line }, $"{text}");

    private bool ReadOne(SettingsBag bag, string path)
    {
        Result<byte[]> content = Sys.ReadFile(new ByteText(path));
        if (content.Failed) { return false; }
        var context = new ParseContext(default, specifiers, this) { File = new ByteText(path) };
        int index = _files++;
        var reader = new UnitFileReader(content.Value);
        bool inManager = false;
        while (reader.MoveNext())
        {
            context.Origin = new Origin(index, reader.Line);
            if (reader.Item == UnitFileItem.Section) { inManager = reader.Section.SequenceEqual("Manager"u8); }
            else if (reader.Item == UnitFileItem.BadLine) { context.Report(Severity.Warning, UnitFileMessages.Of(reader.Problem, reader.Raw)); }
            else if (inManager && ManagerDirectives.Section.Find(reader.Key) is { } row)
            {
                context.Name = row.Name ?? "";
                row.Parse(bag, reader.Value, context);
            }
            else if (inManager) { context.Report(Severity.Warning, UnitFileMessages.UnknownKey(reader.Key, "Manager"u8)); }
        }
        reader.Dispose();
        return true;
    }
}
