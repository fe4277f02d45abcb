using SysMaster.Lint;

namespace SysMaster.Sctl;

/// <summary>The files of a lint: those that were named, or all of the system's.</summary>
internal static class LintRun
{
    /// <returns>How many files were read.</returns>
    public static int Over(string[] paths, string root, List<Finding> findings)
    {
        string below = root.TrimEnd('/');
        var machine = new MachineFacts(below);
        IEnumerable<string> places = paths.Length > 0 ? paths.Select(Path.GetFullPath) : UnitFileSources.Standard.Select(path => below + path).Where(Directory.Exists);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string place in places)
        {
            if (paths.Length > 0 && !Directory.Exists(place) && !UnitFileLint.IsUnitFile(place)) { findings.Add(new Finding(Rules.BadLine, place, 0, "", "", "is neither a folder nor a name of a unit file")); }
            foreach (string file in UnitFileSources.In(place, (folder, why) => findings.Add(new Finding(Rules.BadLine, folder, 0, "", "", why))))
            {
                // /lib is /usr/lib on most machines.
                string name = file.StartsWith(below + "/lib/", StringComparison.Ordinal) ? below + "/usr" + file[below.Length..] : file;
                if (!seen.Add(name)) { continue; }
                machine.AddDirectory(Path.GetDirectoryName(file)!);
                UnitFileLint.Run(file, machine, findings);
            }
        }

        return seen.Count;
    }
}
