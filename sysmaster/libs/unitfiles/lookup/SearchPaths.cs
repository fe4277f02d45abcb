using System.Collections.Immutable;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>The directories that hold unit files, the first one winning. man 5 systemd.unit, "Unit File Load Path".</summary>
public sealed partial class SearchPaths
{
    private SearchPaths(SearchScope scope, FileTree tree, ImmutableArray<SearchDirectory> directories, ImmutableArray<SearchDirectory> all)
    {
        Scope = scope;
        Tree = tree;
        Directories = directories;
        PersistentConfig = PathOf(all, SearchRole.PersistentConfig);
        RuntimeConfig = PathOf(all, SearchRole.RuntimeConfig);
        PersistentControl = PathOf(all, SearchRole.PersistentControl);
        RuntimeControl = PathOf(all, SearchRole.RuntimeControl);
        PersistentAttached = PathOf(all, SearchRole.PersistentAttached);
        RuntimeAttached = PathOf(all, SearchRole.RuntimeAttached);
        Transient = PathOf(all, SearchRole.Transient);
        Generator = PathOf(all, SearchRole.Generator);
        GeneratorEarly = PathOf(all, SearchRole.GeneratorEarly);
        GeneratorLate = PathOf(all, SearchRole.GeneratorLate);
    }

    public SearchScope Scope { get; }

    public FileTree Tree { get; }

    /// <summary>In precedence. Not all exist.</summary>
    public ImmutableArray<SearchDirectory> Directories { get; }

    public ByteText PersistentConfig { get; }

    /// <summary>Empty for a user without XDG_RUNTIME_DIR, as all that lies below it.</summary>
    public ByteText RuntimeConfig { get; }

    public ByteText PersistentControl { get; }

    public ByteText RuntimeControl { get; }

    public ByteText PersistentAttached { get; }

    public ByteText RuntimeAttached { get; }

    public ByteText Transient { get; }

    public ByteText Generator { get; }

    public ByteText GeneratorEarly { get; }

    public ByteText GeneratorLate { get; }

    public static SearchPaths Create(SearchScope scope, SearchPathOptions? options = null)
    {
        options ??= new SearchPathOptions();
        var all = new List<SearchDirectory>(16);
        switch (scope)
        {
            case SearchScope.System: AddSystem(all, options); break;
            case SearchScope.User: AddUser(all, options); break;
            default: AddGlobal(all); break;
        }
        ImmutableArray<SearchDirectory> standard = [.. all];
        if (options.ExcludeGenerated) { all.RemoveAll(static d => d.IsGenerator); }
        List<SearchDirectory> searched = options.UnitPath.IsEmpty ? all : FromUnitPath(options.UnitPath.Span, all);
        return new SearchPaths(scope, options.Tree, [.. Unique(searched)], standard);
    }

    /// <summary>The search path's index of a directory, -1 for any other.</summary>
    public int IndexOf(ReadOnlySpan<byte> directory)
    {
        for (int i = 0; i < Directories.Length; i++)
        {
            if (Directories[i].Path.Span.SequenceEqual(directory)) { return i; }
        }
        return -1;
    }

    private static ByteText PathOf(ImmutableArray<SearchDirectory> directories, SearchRole role)
    {
        foreach (SearchDirectory d in directories)
        {
            if (d.Role == role) { return d.Path; }
        }
        return default;
    }

    /// <summary>SYSTEMD_UNIT_PATH names directories only; one that is in the standard list keeps its role there.</summary>
    private static List<SearchDirectory> FromUnitPath(ReadOnlySpan<byte> list, List<SearchDirectory> standard)
    {
        var result = new List<SearchDirectory>();
        bool append = list.EndsWith(":"u8);
        foreach (Range range in list.Split((byte)':'))
        {
            ReadOnlySpan<byte> part = list[range];
            if (!TextPath.IsAbsolute(part)) { continue; }
            ByteText path = TextPath.Resolve(default, part);
            int known = standard.FindIndex(d => d.Path == path);
            result.Add(known < 0 ? new SearchDirectory(path, SearchRole.Vendor) : standard[known]);
        }
        if (append) { result.AddRange(standard); }
        return result;
    }

    private static List<SearchDirectory> Unique(List<SearchDirectory> directories)
    {
        var result = new List<SearchDirectory>(directories.Count);
        foreach (SearchDirectory d in directories)
        {
            if (!result.Exists(have => have.Path == d.Path)) { result.Add(d); }
        }
        return result;
    }
}
