using System.Collections.Immutable;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Generators;

/// <summary>
/// Which generators there are: executables in four directories, of equal names the first directory's, sorted by name. A link to /dev/null, an empty
/// file or one that is not executable takes the name and so masks those below it.
/// </summary>
public static class GeneratorList
{
    private static readonly string[] s_parents = ["/run/systemd/", "/etc/systemd/", "/usr/local/lib/systemd/", "/usr/lib/systemd/"];

    /// <summary>The programs in the order to run them: environment generators one after the other, the rest at the same time.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="pathOverride">SYSTEMD_GENERATOR_PATH or SYSTEMD_ENVIRONMENT_GENERATOR_PATH: a colon list instead of the directories. May be empty.</param>
    public static List<ByteText> Find(GeneratorKind kind, ByteText pathOverride = default)
    {
        var programs = new List<ByteText>();
        foreach (ByteText path in ConfigFiles.List(FileTree.Host, Directories(kind, pathOverride), default))
        {
            Result<FileStat> stat = Sys.Stat(path);
            if (!stat.Failed && stat.Value.IsRegular && stat.Value.Size > 0 && !Sys.Access(path, LibC.X_OK).Failed) { programs.Add(path); }
        }
        return programs;
    }

    /// <summary>With their arguments. The directories are those of the search path; early and late as man 7 systemd.generator numbers them.</summary>
    public static List<GeneratorPlan> Plan(GeneratorKind kind, SearchPaths paths, ByteText pathOverride = default)
    {
        bool isEnvironment = kind is GeneratorKind.SystemEnvironment or GeneratorKind.UserEnvironment;
        var plans = new List<GeneratorPlan>();
        foreach (ByteText program in Find(kind, pathOverride))
        {
            ImmutableArray<ByteText> arguments = isEnvironment ? [program] : [program, paths.Generator, paths.GeneratorEarly, paths.GeneratorLate];
            plans.Add(new GeneratorPlan(program, arguments));
        }
        return plans;
    }

    private static ByteText[] Directories(GeneratorKind kind, ByteText pathOverride)
    {
        if (!pathOverride.IsEmpty) { return Split(pathOverride.Span); }
        string name = kind switch
        {
            GeneratorKind.System => "system-generators",
            GeneratorKind.User => "user-generators",
            GeneratorKind.SystemEnvironment => "system-environment-generators",
            _ => "user-environment-generators",
        };
        return Array.ConvertAll(s_parents, p => new ByteText(p + name));
    }

    private static ByteText[] Split(ReadOnlySpan<byte> list)
    {
        var parts = new List<ByteText>();
        foreach (Range range in list.Split((byte)':'))
        {
            if (!list[range].IsEmpty) { parts.Add(list[range]); }
        }
        return [.. parts];
    }
}
