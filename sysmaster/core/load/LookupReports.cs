using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Core;

/// <summary>What was passed over on the search path, named once each time it is read.</summary>
internal static class LookupReports
{
    public static void Tell(UnitFileCache files)
    {
        foreach (LookupProblem problem in files.Problems)
        {
            string name = LastOf(problem.Path), target = LastOf(problem.Detail), path = problem.Path.ToString();
            switch (problem.Kind)
            {
                case LookupProblemKind.AliasType: Log.Notice($"{name}: units of this type may have no aliases, rejecting the link to \"{target}\"."); break;
                case LookupProblemKind.AliasSuffix when !UnitName.TryParse(target, out _):
                    Log.Notice($"{name} points to \"{target}\" which is not a valid unit name: {Errno.EXDEV.ToString()}");
                    break;
                case LookupProblemKind.AliasSuffix: Log.Notice($"{name}: symlink target \"{target}\" has incompatible suffix, rejecting."); break;
                case LookupProblemKind.AliasForm when AreInstances(name, target):
                    Log.Notice($"{name}: unit symlink target \"{target}\" instance name doesn't match, rejecting.");
                    break;
                case LookupProblemKind.AliasForm: Log.Notice($"{name}: symlink target name type \"{target}\" does not match source, rejecting."); break;
                case LookupProblemKind.AliasLoop: Log.Notice($"{path}: too many aliases behind one another, ignoring."); break;
                case LookupProblemKind.UnreadableDirectory or LookupProblemKind.UnreadableLink:
                    Log.Warning($"{path} cannot be read, ignoring: {problem.Error.ToString()}");
                    break;
                case LookupProblemKind.DependencyNotLink: Log.Notice($"{path} is not a symlink, ignoring."); break;
                case LookupProblemKind.DependencyName: Log.Notice($"{path} does not name a unit, ignoring."); break;
                case LookupProblemKind.DependencyMasked: Log.Debug($"{path} masks a dependency."); break;
                case LookupProblemKind.DependencyDifferentName: Log.Debug($"{path} links to \"{target}\", a file of another name."); break;
            }
        }
        files.ClearProblems();
    }

    private static bool AreInstances(string alias, string target)
        => UnitName.TryParse(alias, out UnitName from) && UnitName.TryParse(target, out UnitName to) && from.IsInstance && to.IsInstance;

    private static string LastOf(ByteText path)
    {
        string text = path.ToString();
        return text[(text.LastIndexOf('/') + 1)..];
    }
}
