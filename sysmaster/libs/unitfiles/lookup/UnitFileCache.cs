using System.Collections.Immutable;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>
/// All names on the search path, from one pass over its directories: which file or alias each name is, and which directories of drop-ins and
/// dependency links there are. Made anew for each <c>daemon-reload</c>, and when <see cref="IsStale"/>; never changed in between.
/// Nothing that is found on disk makes it throw: what cannot be used is passed over and told in <see cref="Problems"/>.
/// </summary>
/// <remarks>
/// The pass costs one open and a few getdents64(2) a directory and one readlink(2) a link. <see cref="Find"/> adds one statx(2) and reads
/// the directories of that unit.
/// </remarks>
public sealed partial class UnitFileCache
{
    /// <summary>So many aliases may follow one another, as in systemd.</summary>
    private const int MaxAliasHops = 8;

    /// <summary>A tree that is all wrong must not fill the memory.</summary>
    private const int MaxProblems = 1000;

    private readonly SearchPaths _paths;
    private readonly NameTable<FileEntry> _files = new();
    private readonly NameTable<SideDirectory> _sideDirectories = new();
    private readonly List<byte[]> _targets = [];
    private readonly List<LookupProblem> _problems = [];

    private UnitFileCache(SearchPaths paths) => _paths = paths;

    public SearchPaths Paths => _paths;

    /// <summary>What was passed over, by the pass and by each later call. The caller who logs them calls <see cref="ClearProblems"/>.</summary>
    public IReadOnlyList<LookupProblem> Problems => _problems;

    /// <summary>How many names there are: files and aliases.</summary>
    public int Count => _files.Count;

    public static UnitFileCache Build(SearchPaths paths)
    {
        var cache = new UnitFileCache(paths);
        cache.Scan();
        cache.ConnectAliases();
        return cache;
    }

    public void ClearProblems() => _problems.Clear();

    /// <summary>Every name once: files, aliases, templates; in no order.</summary>
    public IEnumerable<UnitName> EnumerateNames()
    {
        for (int i = 0; i < _files.Count; i++) { yield return UnitName.Parse(_files.Name(i)); }
    }

    /// <summary>Is there a file or alias of exactly this name? Says nothing of instances of a template.</summary>
    public bool Contains(UnitName name)
    {
        Span<byte> buffer = stackalloc byte[UnitName.MaxLength];
        return _files.Find(Bytes(name, buffer)) >= 0;
    }

    /// <summary>Where the unit's configuration is. For an instance, its own file comes before its template's.</summary>
    public UnitLookup Find(UnitName name)
    {
        Span<byte> buffer = stackalloc byte[UnitName.MaxLength];
        ReadOnlySpan<byte> text = Bytes(name, buffer);
        Errno error = Locate(text, out int file);
        if (error == Errno.ELOOP) { Tell(LookupProblemKind.AliasLoop, new ByteText(text), default, error); }
        return file < 0 ? Missing(name, error) : Describe(name, file);
    }

    private static ReadOnlySpan<byte> Bytes(UnitName name, Span<byte> buffer)
    {
        string text = name.Text;
        for (int i = 0; i < text.Length; i++) { buffer[i] = (byte)text[i]; }
        return buffer[..text.Length];
    }

    private UnitLookup Missing(UnitName name, Errno error)
    {
        ImmutableArray<UnitName> names = [name];
        return new UnitLookup
        {
            // Aliases in a circle lead nowhere: told above, and then as if there were nothing.
            Outcome = error == Errno.ENOENT || error == Errno.ELOOP ? LookupOutcome.NotFound : LookupOutcome.Error,
            Error = error,
            Id = name,
            Names = names,
            DropIns = DropInsOf(names),
        };
    }

    private UnitLookup Describe(UnitName name, int file)
    {
        ImmutableArray<UnitName> names = NamesOf(name, file);
        ref readonly FileEntry entry = ref _files[file];
        SearchDirectory directory = _paths.Directories[entry.Directory];
        ByteText inside = TextPath.Join(directory.Path.Span, _files.Name(file));
        LookupOutcome outcome = LookupOutcome.Masked;
        Errno error = Errno.None;
        long mtime = 0;
        if (entry.Kind != FileEntryKind.Null)
        {
            Result<FileStat> stat = _paths.Tree.Stat(inside, followLinks: true);
            error = stat.Error;
            outcome = error == Errno.ENOENT ? LookupOutcome.NotFound
                : stat.Failed ? LookupOutcome.Error
                : stat.Value.IsNullOrEmpty ? LookupOutcome.Masked : LookupOutcome.Found;
            mtime = stat.Failed ? 0 : stat.Value.MtimeUsec;
        }
        return new UnitLookup
        {
            Outcome = outcome,
            Error = error,
            Id = names[0],
            Names = names,
            FragmentPath = outcome is LookupOutcome.Found or LookupOutcome.Masked ? _paths.Tree.Outside(inside) : default,
            DanglingPath = outcome == LookupOutcome.NotFound && !_paths.Tree.Stat(inside, followLinks: false).Failed ? _paths.Tree.Outside(inside) : default,
            Role = directory.Role,
            FragmentMtimeUsec = mtime,
            DropIns = DropInsOf(names),
        };
    }

    private void Tell(LookupProblemKind kind, ByteText path, ByteText detail, Errno error)
    {
        if (_problems.Count < MaxProblems) { _problems.Add(new LookupProblem(kind, _paths.Tree.Outside(path), detail, error)); }
    }
}
