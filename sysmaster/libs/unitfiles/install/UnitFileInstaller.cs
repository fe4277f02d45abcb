using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>
/// Operations on unit files, as systemctl's and the bus's: enable, disable, mask, link, preset, revert and the questions about their state.
/// Works on the files alone, so on another root too; nothing is cached between calls. Of the changes, each link appears or is replaced at once.
/// </summary>
/// <remarks>
/// Names come as text, since that they are no unit names is one of the answers. A failure in the middle leaves what was done before it, and
/// says so in <see cref="InstallResult.Changes"/>, as systemd does.
/// </remarks>
public sealed partial class UnitFileInstaller
{
    private readonly SearchPaths _paths;
    private readonly FileTree _tree;
    private readonly InstallSpecifiers _specifiers;
    private readonly List<InstallProblem> _problems = [];

    public UnitFileInstaller(SearchPaths paths)
    {
        _paths = paths;
        _tree = paths.Tree;
        _specifiers = new InstallSpecifiers(_tree, paths.Scope);
    }

    public SearchPaths Paths => _paths;

    /// <summary>More bad lines than people read; a file of 16 MiB can have millions.</summary>
    private const int MostProblems = 256;

    /// <summary>What the operations passed over since this was last asked; each once, the first 256.</summary>
    public IReadOnlyList<InstallProblem> TakeProblems()
    {
        InstallProblem[] problems = [.. _problems];
        _problems.Clear();
        return problems;
    }

    private void Tell(InstallProblem problem)
    {
        if (_problems.Count > MostProblems || _problems.Contains(problem)) { return; }
        _problems.Add(_problems.Count < MostProblems ? problem : new InstallProblem("", default, 0, "There is more to complain of, which is not named."));
    }

    private Presets ReadPresets()
    {
        Presets presets = Presets.Read(_paths.Scope, _tree);
        foreach (InstallProblem problem in presets.Problems) { Tell(problem); }
        return presets;
    }

    /// <summary>Where links are made: below /etc, or /run with <see cref="InstallFlags.Runtime"/>. Empty where the scope has none.</summary>
    private ByteText ConfigPath(InstallFlags flags)
    {
        bool runtime = (flags & InstallFlags.Runtime) != 0;
        return (flags & InstallFlags.Portable) != 0
            ? runtime ? _paths.RuntimeAttached : _paths.PersistentAttached
            : runtime ? _paths.RuntimeConfig : _paths.PersistentConfig;
    }

    /// <summary>The directory of the search path that a file lies in directly.</summary>
    private SearchDirectory? DirectoryOf(ByteText path)
    {
        int index = _paths.IndexOf(TextPath.DirName(path.Span));
        return index < 0 ? null : _paths.Directories[index];
    }

    private static ByteText Text(string name) => new(name);

    /// <summary>What is wrong with the file of a name, as its errno.</summary>
    private static InstallChange FailFor(InstallErrorKind error, ByteText name) => error switch
    {
        InstallErrorKind.InvalidArgument => InstallChange.Fail(Errno.EINVAL, name),
        InstallErrorKind.BadFile => InstallChange.Fail(Errno.EBADMSG, name),
        InstallErrorKind.IsDirectory => InstallChange.Fail(Errno.EISDIR, name),
        _ => InstallChange.Fail(error, name),
    };

    private InstallChange FailAt(InstallErrorKind error, ByteText path, ByteText source = default)
        => InstallChange.Fail(error, path.Span is [(byte)'/', ..] ? _tree.Outside(path) : path, source);
}
