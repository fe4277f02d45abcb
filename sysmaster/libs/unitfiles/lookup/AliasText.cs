using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>Why a link is no alias, as people are told.</summary>
public static class AliasText
{
    /// <returns>Null where the problem is not one of aliases.</returns>
    public static string? Of(LookupProblem problem)
    {
        string name = LastOf(problem.Path), target = LastOf(problem.Detail);
        return problem.Kind switch
        {
            LookupProblemKind.AliasType => $"{name}: symlinks are not allowed for units of this type, rejecting.",
            LookupProblemKind.AliasSuffix when !UnitName.TryParse(target, out _) => $"{name} points to \"{target}\" which is not a valid unit name: {Errno.EXDEV}",
            LookupProblemKind.AliasSuffix => $"{name}: symlink target \"{target}\" has incompatible suffix, rejecting.",
            LookupProblemKind.AliasForm when AreInstances(name, target) => $"{name}: unit symlink target \"{target}\" instance name doesn't match, rejecting.",
            LookupProblemKind.AliasForm => $"{name}: symlink target name type \"{target}\" does not match source, rejecting.",
            _ => null,
        };
    }

    private static bool AreInstances(string alias, string target)
        => UnitName.TryParse(alias, out UnitName from) && UnitName.TryParse(target, out UnitName to) && from.IsInstance && to.IsInstance;

    private static string LastOf(ByteText path)
    {
        string text = path.ToString();
        return text[(text.LastIndexOf('/') + 1)..];
    }
}
