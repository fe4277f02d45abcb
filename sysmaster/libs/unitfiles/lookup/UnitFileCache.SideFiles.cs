using System.Collections.Immutable;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>Drop-ins and dependency links: the files in directories beside the unit's.</summary>
public sealed partial class UnitFileCache
{
    /// <summary>The drop-ins of a unit, by its names (the main one first), with the root's prefix. For units without a file of their own too.</summary>
    public ImmutableArray<ByteText> DropInsOf(ImmutableArray<UnitName> names)
    {
        List<FoundFile> found = SideFilesOf(names, ".d"u8, ".conf"u8);
        if (found.Count == 0) { return []; }
        var paths = ImmutableArray.CreateBuilder<ByteText>(found.Count);
        // As systemd has them: of what links lead to, where the directory is concerned.
        ByteText directory = default, real = default;
        foreach (FoundFile file in found)
        {
            ByteText path = PathOf(file), parent = new(TextPath.DirName(path.Span));
            if (parent != directory) { (directory, real) = (parent, _paths.Tree.RealPath(parent)); }
            paths.Add(_paths.Tree.Outside(TextPath.Join(real.Span, file.File.Name.Span)));
        }
        return paths.MoveToImmutable();
    }

    /// <summary>The dependencies that links add to a unit, sorted by kind and name; each name once a kind.</summary>
    public List<DependencyLink> DependencyLinks(UnitLookup unit)
    {
        var links = new List<DependencyLink>();
        AddLinks(links, unit, DependencyLinkKind.Wants, ".wants"u8);
        AddLinks(links, unit, DependencyLinkKind.Requires, ".requires"u8);
        AddLinks(links, unit, DependencyLinkKind.Upholds, ".upholds"u8);
        return links;
    }

    /// <summary>As above, for a unit by its name.</summary>
    public List<DependencyLink> DependencyLinks(UnitName name) => DependencyLinks(Find(name));

    private void AddLinks(List<DependencyLink> links, UnitLookup unit, DependencyLinkKind kind, ReadOnlySpan<byte> suffix)
    {
        foreach (FoundFile file in SideFilesOf(unit.Names, suffix, default))
        {
            ByteText path = PathOf(file);
            if (MayDepend(file, path) && TargetOf(UnitName.Parse(file.File.Name.Span), unit.Id) is { IsValid: true } target)
            {
                links.Add(new DependencyLink(kind, target, _paths.Tree.Outside(path)));
            }
        }
    }

    private bool MayDepend(FoundFile file, ByteText path)
    {
        if (!file.File.IsLink) { return Refuse(LookupProblemKind.DependencyNotLink, path); }
        if (NameForm.Of(file.File.Name.Span).Kind == UnitKind.None) { return Refuse(LookupProblemKind.DependencyName, path); }
        Result<FileStat> stat = _paths.Tree.Stat(path, followLinks: true);
        if (!stat.Failed && stat.Value.IsNullOrEmpty) { return Refuse(LookupProblemKind.DependencyMasked, path); }
        Result<ByteText> target = _paths.Tree.ReadLink(path);
        if (target.Failed) { return Refuse(LookupProblemKind.UnreadableLink, path); }
        if (!IsSameUnit(file.File.Name.Span, TextPath.BaseName(target.Value.Span)))
        {
            Tell(LookupProblemKind.DependencyDifferentName, path, target.Value, Errno.None);
        }
        return true;
    }

    private bool Refuse(LookupProblemKind kind, ByteText path)
    {
        Tell(kind, path, default, Errno.None);
        return false;
    }

    private static bool IsSameUnit(ReadOnlySpan<byte> link, ReadOnlySpan<byte> target)
    {
        NameForm form = NameForm.Of(link);
        return link.SequenceEqual(target)
            || (form.Form == UnitNameForm.Instance && form.Template(stackalloc byte[UnitName.MaxLength]).SequenceEqual(target));
    }

    /// <summary>A template in a .wants directory means its instance for the unit: with the unit's instance, else its prefix.</summary>
    private static UnitName TargetOf(UnitName link, UnitName unit)
        => !link.IsTemplate ? link : link.WithInstance(unit.IsInstance ? unit.Instance : unit.Prefix);

    /// <summary>Every file name once: of two directories, the first in order wins. Sorted by file name.</summary>
    private List<FoundFile> SideFilesOf(ImmutableArray<UnitName> names, ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> fileSuffix)
    {
        var found = new List<FoundFile>();
        if (_sideDirectories.Count == 0) { return found; }
        var seen = new List<int>();
        foreach (UnitName name in names) { AddDirectories(name, suffix, seen); }
        AddTypeDirectories(names[0].Kind, suffix, seen);
        for (int order = 0; order < seen.Count; order++)
        {
            foreach (SideFile file in FilesOf(seen[order]))
            {
                if (file.Name.EndsWith(fileSuffix)) { found.Add(new FoundFile(file, seen[order], order)); }
            }
        }
        found.Sort(static (a, b) => a.File.Name.CompareTo(b.File.Name) is var c && c != 0 ? c : a.Order.CompareTo(b.Order));
        RemoveOverridden(found);
        return found;
    }

    private static void RemoveOverridden(List<FoundFile> sorted)
    {
        int kept = 0;
        for (int i = 0; i < sorted.Count; i++)
        {
            if (kept == 0 || sorted[kept - 1].File.Name != sorted[i].File.Name) { sorted[kept++] = sorted[i]; }
        }
        sorted.RemoveRange(kept, sorted.Count - kept);
    }

    /// <summary>For one name, the search path counts before how specific the directory's name is: seen in systemd 252.</summary>
    private void AddDirectories(UnitName name, ReadOnlySpan<byte> suffix, List<int> seen)
    {
        var chain = new List<byte[]>();
        Span<byte> key = stackalloc byte[UnitName.MaxLength + 16];
        NameChain.Append(Bytes(name, key), chain);
        int first = seen.Count;
        foreach (byte[] link in chain)
        {
            link.CopyTo(key);
            suffix.CopyTo(key[link.Length..]);
            AddEntries(key[..(link.Length + suffix.Length)], seen);
        }
        StableSortByDirectory(seen, first);
    }

    private void AddTypeDirectories(UnitKind kind, ReadOnlySpan<byte> suffix, List<int> seen)
    {
        Span<byte> key = stackalloc byte[32];
        string word = kind.Word();
        for (int i = 0; i < word.Length; i++) { key[i] = (byte)word[i]; }
        suffix.CopyTo(key[word.Length..]);
        AddEntries(key[..(word.Length + suffix.Length)], seen);
    }

    private void AddEntries(ReadOnlySpan<byte> name, List<int> seen)
    {
        if (name.Length > UnitName.MaxLength) { return; }
        for (int i = _sideDirectories.Find(name); i >= 0; i = _sideDirectories.NextSame(i))
        {
            if (!seen.Contains(i)) { seen.Add(i); }
        }
    }

    /// <summary>Insertion sort: there are two or three.</summary>
    private void StableSortByDirectory(List<int> seen, int first)
    {
        for (int i = first + 1; i < seen.Count; i++)
        {
            int entry = seen[i];
            int at = i;
            for (; at > first && _sideDirectories[seen[at - 1]].Directory > _sideDirectories[entry].Directory; at--) { seen[at] = seen[at - 1]; }
            seen[at] = entry;
        }
    }

    private SideFile[] FilesOf(int directory)
    {
        if (_sideDirectories[directory].Files is { } known) { return known; }
        ByteText path = TextPath.Join(_paths.Directories[_sideDirectories[directory].Directory].Path.Span, _sideDirectories.Name(directory));
        SideFile[] files = ReadSideFiles(path);
        if (IsShared(_sideDirectories.Name(directory))) { _sideDirectories[directory].Files = files; }
        return files;
    }

    private SideFile[] ReadSideFiles(ByteText path)
    {
        Result<DirectoryReader> opened = _paths.Tree.OpenDirectory(path);
        if (opened.Failed)
        {
            if (opened.Error != Errno.ENOENT) { Tell(LookupProblemKind.UnreadableDirectory, path, default, opened.Error); }
            return [];
        }
        using DirectoryReader reader = opened.Value;
        var files = new List<SideFile>();
        foreach (DirectoryEntry entry in reader)
        {
            if (!IsHidden(entry.Name)) { files.Add(new SideFile(entry.Name, FileTree.TypeOf(entry, reader.Fd) == LibC.DT_LNK)); }
        }
        return [.. files];
    }

    /// <summary>Do several units look into this directory: "x-.service.d", "x@.service.d", "service.d"?</summary>
    private static bool IsShared(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> unit = name[..name.LastIndexOf((byte)'.')];
        NameForm form = NameForm.Of(unit);
        return form.Kind == UnitKind.None || form.Form == UnitNameForm.Template || form.Prefix[^1] == (byte)'-';
    }

    private static bool IsHidden(ReadOnlySpan<byte> name) => name[0] == (byte)'.' || name.EndsWith("~"u8);

    private ByteText PathOf(FoundFile file)
    {
        using var path = new ByteBuilder(stackalloc byte[512]);
        path.Append(_paths.Directories[_sideDirectories[file.Directory].Directory].Path.Span);
        path.Append((byte)'/');
        path.Append(_sideDirectories.Name(file.Directory));
        path.Append((byte)'/');
        path.Append(file.File.Name.Span);
        return path.ToByteText();
    }

    private readonly record struct FoundFile(SideFile File, int Directory, int Order);
}
