using SysMaster.Core.Directives;

namespace SysMaster.Units.Path;

/// <summary>The kinds of values that only [Path] has.</summary>
internal static class PathKinds
{
    public static readonly Kind<PathSpec[]> All = new PathsKind();
    public static readonly Kind<PathSpec[]> PathExists = new PathOfKind(PathType.PathExists);
    public static readonly Kind<PathSpec[]> PathExistsGlob = new PathOfKind(PathType.PathExistsGlob);
    public static readonly Kind<PathSpec[]> DirectoryNotEmpty = new PathOfKind(PathType.DirectoryNotEmpty);
    public static readonly Kind<PathSpec[]> PathChanged = new PathOfKind(PathType.PathChanged);
    public static readonly Kind<PathSpec[]> PathModified = new PathOfKind(PathType.PathModified);

    // With its own type: the path kinds ask it for words.
    public static readonly EnumKind<PathType> Types = new("", ["PathExists", "PathExistsGlob", "DirectoryNotEmpty", "PathChanged", "PathModified"]);
}
