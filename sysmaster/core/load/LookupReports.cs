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
            string path = problem.Path.ToString();
            if (AliasText.Of(problem) is { } alias)
            {
                Log.Notice($"{alias}");
                continue;
            }
            switch (problem.Kind)
            {
                case LookupProblemKind.AliasLoop: Log.Notice($"{path}: too many aliases behind one another, ignoring."); break;
                case LookupProblemKind.UnreadableDirectory or LookupProblemKind.UnreadableLink:
                    Log.Warning($"{path} cannot be read, ignoring: {problem.Error.ToString()}");
                    break;
                case LookupProblemKind.DependencyNotLink: Log.Notice($"{path} is not a symlink, ignoring."); break;
                case LookupProblemKind.DependencyName: Log.Notice($"{path} does not name a unit, ignoring."); break;
                case LookupProblemKind.DependencyMasked: Log.Debug($"{path} masks a dependency."); break;
                case LookupProblemKind.DependencyDifferentName: Log.Debug($"{path} links to \"{problem.Detail}\", a file of another name."); break;
            }
        }
        files.ClearProblems();
    }
}
