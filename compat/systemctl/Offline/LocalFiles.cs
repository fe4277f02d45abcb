using SysMaster.Linux;
using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Systemctl;

/// <summary>Unit files without a manager: below --root=, for all users, in a chroot, or where none runs.</summary>
internal static class LocalFiles
{
    /// <summary>No manager is to be asked about files.</summary>
    public static bool IsLocal(Settings settings)
        => settings.IsOffline || Booted.IsOffline || !Booted.BySystemd || BooleanWord.Environment("SYSTEMCTL_INSTALL_CLIENT_SIDE") == true;

    /// <param name="error">Why the root cannot be used.</param>
    public static UnitFileInstaller? Open(Settings settings, out Errno error)
    {
        SearchPaths? paths = Paths(settings, out error);
        return paths is null ? null : new UnitFileInstaller(paths);
    }

    /// <summary>The root cannot be used.</summary>
    /// <param name="settings">Which root.</param>
    /// <param name="error">Why.</param>
    /// <param name="failed">"Failed to enable", where it is the files of a user's manager that no root has.</param>
    /// <returns>The exit code.</returns>
    public static int Refuse(Settings settings, Errno error, string failed) => settings.Scope == SearchScope.User
        ? Log.Error($"{failed}: {error}.") : Log.Error($"Failed to initialize unit search paths for root directory {settings.Root}", error);

    /// <summary>Bad lines and links that were passed over are named.</summary>
    public static void TellProblems(UnitFileInstaller files)
    {
        foreach (InstallProblem problem in files.TakeProblems()) { Tell(problem); }
    }

    public static void Tell(InstallProblem problem)
    {
        if (problem.EndsFile) { _ = Log.Error(problem.ToString()); }
        else if (problem.File.IsEmpty) { Log.Notice(problem.ToString()); }
        else { Log.Warning(problem.ToString()); }
    }

    public static SearchPaths? Paths(Settings settings, out Errno error)
    {
        FileTree? tree = Tree(settings, out error);
        if (settings.Scope == SearchScope.User && settings.Root.Length > 0) { (tree, error) = (null, Errno.EINVAL); }   // whose home would it be?
        return tree is null ? null : SearchPaths.Create(settings.Scope, new SearchPathOptions
        {
            Tree = tree,
            UnitPath = Variable("SYSTEMD_UNIT_PATH"),
            ExcludeGenerated = settings.Root is not ("" or "/"),
            Home = Variable("HOME"),
            RuntimeDirectory = Variable("XDG_RUNTIME_DIR"),
            ConfigHome = Variable("XDG_CONFIG_HOME"),
            DataHome = Variable("XDG_DATA_HOME"),
            ConfigDirectories = Variable("XDG_CONFIG_DIRS"),
            DataDirectories = Variable("XDG_DATA_DIRS"),
        });
    }

    public static FileTree? Tree(Settings settings, out Errno error)
    {
        Result<FileTree> tree = FileTree.Open(new ByteText(settings.Root));
        error = tree.Error;
        return tree.Failed ? null : tree.Value;
    }

    /// <summary>What presets say about a unit: "enabled", "disabled", "ignored".</summary>
    public static string Preset(Presets presets, string unit)
        => UnitFiles.UnitName.TryParse(unit, out UnitFiles.UnitName name)
            ? presets.Query(name).Action switch { PresetAction.Enable => "enabled", PresetAction.Disable => "disabled", _ => "ignored" }
            : "";

    private static ByteText Variable(string name) => new(Environment.GetEnvironmentVariable(name) ?? "");
}
