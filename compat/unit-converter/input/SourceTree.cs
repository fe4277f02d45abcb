using SysMaster.Linux;

namespace SysMaster.UnitConverter.Input;

/// <summary>A path to look at, and whether the user named it or it was found in a folder.</summary>
internal readonly record struct SourcePath(string Path, bool IsNamed, bool IsFolder);

/// <summary>Whole trees: the regular files of a folder, in order. Links in it are not followed: what they lead to is found where it is.</summary>
internal static class SourceTree
{
    private const int MaxDepth = 32;
    private const int MaxFiles = 100_000;

    /// <param name="isSource">Whether a folder is a source as a whole (a service of runit or s6).</param>
    /// <param name="problem">Told what cannot be looked at: path, reason.</param>
    public static List<SourcePath> List(IEnumerable<string> paths, Func<string, bool> isSource, Action<string, string> problem)
    {
        var found = new List<SourcePath>();
        foreach (string path in paths)
        {
            string clean = path.Length > 1 ? path.TrimEnd('/') : path;
            Result<FileStat> stat = Sys.Stat(SourceReader.Path(clean.Length == 0 ? "/" : clean));
            if (stat.Failed) { problem(path, $"cannot be read: {stat.Error}"); }
            else if (!stat.Value.IsDirectory) { found.Add(new SourcePath(clean, IsNamed: true, IsFolder: false)); }
            else if (isSource(clean)) { found.Add(new SourcePath(clean, IsNamed: true, IsFolder: true)); }
            else { Walk(clean, 0, isSource, problem, found); }
        }
        return found;
    }

    private static void Walk(string folder, int depth, Func<string, bool> isSource, Action<string, string> problem, List<SourcePath> found)
    {
        if (depth > MaxDepth || found.Count > MaxFiles)
        {
            problem(folder, depth > MaxDepth ? "is nested too deep: not looked at" : "there are too many files: not looked at");
            return;
        }
        IReadOnlyList<string> names = SourceReader.List(folder, out string bad);
        if (bad.Length > 0) { problem(folder, bad); }
        foreach (string name in names)
        {
            string path = $"{folder}/{name}";
            Result<FileStat> stat = Sys.Stat(SourceReader.Path(path), followLinks: false);
            if (stat.Failed) { problem(path, $"cannot be read: {stat.Error}"); }
            else if (stat.Value.IsDirectory)
            {
                if (isSource(path)) { found.Add(new SourcePath(path, IsNamed: false, IsFolder: true)); }
                else { Walk(path, depth + 1, isSource, problem, found); }
            }
            else if (stat.Value.IsRegular && !name.StartsWith('.') && !name.EndsWith('~') && !name.Contains(".dpkg-", StringComparison.Ordinal) && !name.EndsWith(".rpmsave", StringComparison.Ordinal)
                && !name.EndsWith(".rpmnew", StringComparison.Ordinal))
            {
                found.Add(new SourcePath(path, IsNamed: false, IsFolder: false));
            }
        }
    }
}
