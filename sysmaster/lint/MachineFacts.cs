using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Lint;

/// <summary>What units name, looked up on the machine or in a root file system.</summary>
public sealed class MachineFacts(string root)
{
    private readonly string _root = root.TrimEnd('/');
    private readonly List<string> _directories = [];

    /// <summary>Directories that units lie in besides those of the search path: of the files that are checked.</summary>
    public void AddDirectory(string path)
    {
        if (!_directories.Contains(path)) { _directories.Add(path); }
    }

    public bool IsProgram(string path) => !path.StartsWith('/')
        ? Array.Exists((string[])["/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"], folder => IsExecutable(folder + path))
        : IsExecutable(path);

    public bool Exists(string path) => !Sys.Stat((ByteText)(_root + path)).Failed;

    public bool IsUnit(UnitName name)
    {
        string file = name.IsInstance ? name.Template.Text : name.Text;
        return name.Kind is UnitKind.Device or UnitKind.Mount or UnitKind.Swap or UnitKind.Slice or UnitKind.Scope
            || SearchPaths().Any(directory => Exists($"{directory}/{name.Text}") || Exists($"{directory}/{file}") || LinkExists($"{directory}/{name.Text}"))
            || _directories.Exists(directory => File.Exists($"{directory}/{name.Text}") || File.Exists($"{directory}/{file}"));
    }

    private static IEnumerable<string> SearchPaths() =>
        ["/etc/systemd/system", "/run/systemd/system", "/run/systemd/generator", "/run/systemd/transient", "/run/systemd/generator.early", "/run/systemd/generator.late",
            "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system", "/usr/lib/sysmaster/system"];

    // An alias may lead to a path of another root.
    private bool LinkExists(string path) => !Sys.Stat((ByteText)(_root + path), followLinks: false).Failed;

    private bool IsExecutable(string path)
    {
        Result<FileStat> found = Sys.Stat((ByteText)(_root + path));
        return !found.Failed ? !found.Value.IsDirectory && (found.Value.Mode & 0x49) != 0
            : _root.Length > 0 && LinkExists(path);   // an absolute link of another root
    }
}
