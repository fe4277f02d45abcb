using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>The pass over the directories.</summary>
public sealed partial class UnitFileCache
{
    /// <summary>Device and inode of each directory of the search path that exists, to see that two paths are one directory (/lib, /usr/lib).</summary>
    private FileStat?[] _identities = [];

    private void Scan()
    {
        _identities = new FileStat?[_paths.Directories.Length];
        _stamps = new long[_paths.Directories.Length];
        for (int i = 0; i < _identities.Length; i++) { ScanDirectory((byte)i); }
    }

    private void ScanDirectory(byte index)
    {
        ByteText path = _paths.Directories[index].Path;
        Result<DirectoryReader> opened = _paths.Tree.OpenDirectory(path);
        if (opened.Failed)
        {
            if (opened.Error != Errno.ENOENT) { Tell(LookupProblemKind.UnreadableDirectory, path, default, opened.Error); }
            return;
        }
        using DirectoryReader reader = opened.Value;
        Result<FileStat> stat = Sys.Stat(reader.Fd);
        if (!stat.Failed)
        {
            _stamps[index] = stat.Value.MtimeNsec;
            if (DirectoryOf(stat.Value) >= 0) { return; }
            _identities[index] = stat.Value;
        }
        foreach (DirectoryEntry entry in reader) { Take(entry, index, reader.Fd); }
        if (reader.Error.Failed) { Tell(LookupProblemKind.UnreadableDirectory, path, default, reader.Error); }
    }

    private int DirectoryOf(in FileStat stat)
    {
        for (int i = 0; i < _identities.Length; i++)
        {
            if (_identities[i] is { } have && have.IsSameFile(stat)) { return i; }
        }
        return -1;
    }

    private void Take(DirectoryEntry entry, byte index, Fd directory)
    {
        ReadOnlySpan<byte> name = entry.Name;
        if (IsSideDirectoryName(name))
        {
            // Only real directories: systemd 252 passes over links to directories here.
            if (FileTree.TypeOf(entry, directory) == LibC.DT_DIR) { _sideDirectories.Add(name, new SideDirectory { Directory = index }); }
            return;
        }
        if (NameForm.Of(name).Kind == UnitKind.None || _files.Find(name) >= 0) { return; }
        byte type = FileTree.TypeOf(entry, directory);
        if (type == LibC.DT_LNK) { TakeLink(name, index, directory); }
        else if (type != LibC.DT_DIR) { _files.Add(name, new FileEntry { Directory = index, Kind = FileEntryKind.File }); }
    }

    private static bool IsSideDirectoryName(ReadOnlySpan<byte> name)
        => name.EndsWith(".d"u8) || name.EndsWith(".wants"u8) || name.EndsWith(".requires"u8) || name.EndsWith(".upholds"u8);

    private void TakeLink(ReadOnlySpan<byte> name, byte index, Fd directory)
    {
        Span<byte> buffer = stackalloc byte[4096];
        Result<int> length = Sys.ReadLinkAt(directory, name, buffer);
        if (length.Failed)
        {
            Tell(LookupProblemKind.UnreadableLink, TextPath.Join(_paths.Directories[index].Path.Span, name), default, length.Error);
            return;
        }
        ReadOnlySpan<byte> target = buffer[..length.Value];
        if (target.SequenceEqual("/dev/null"u8))
        {
            _files.Add(name, new FileEntry { Directory = index, Kind = FileEntryKind.Null });
            return;
        }
        ReadOnlySpan<byte> tail = TextPath.BaseName(target);
        if (!LeadsToSearchPath(target, index, directory))
        {
            // The unit's own file, found through the link ("linked").
            _files.Add(name, new FileEntry { Directory = index, Kind = FileEntryKind.File });
            return;
        }
        if (tail.SequenceEqual(name)) { return; }   // to the same name elsewhere on the search path: that one is found by itself
        if (AliasRules.Check(name, tail) is { } problem)
        {
            Tell(problem, TextPath.Join(_paths.Directories[index].Path.Span, name), target, Errno.None);
            return;
        }
        _targets.Add(tail.ToArray());
        _files.Add(name, new FileEntry { Directory = index, Kind = FileEntryKind.Alias, Target = _targets.Count - 1 });
    }

    /// <summary>Is the target's directory one of the search path? By its text where that is enough, else by what the kernel says it is.</summary>
    private bool LeadsToSearchPath(ReadOnlySpan<byte> target, byte index, Fd directory)
    {
        ReadOnlySpan<byte> head = TextPath.DirName(target);
        if (head.IsEmpty || _paths.IndexOf(head) >= 0) { return true; }
        Result<FileStat> stat = TextPath.IsAbsolute(head) || !_paths.Tree.IsHost
            ? _paths.Tree.Stat(TextPath.Resolve(_paths.Directories[index].Path.Span, head), followLinks: true)
            : Sys.Stat(head, followLinks: true, directory.Value);
        return !stat.Failed && IsSearchDirectory(stat.Value);
    }

    /// <summary>Directories that this pass has not come to yet are asked for as they are.</summary>
    private bool IsSearchDirectory(in FileStat stat)
    {
        if (DirectoryOf(stat) >= 0) { return true; }
        for (int i = 0; i < _identities.Length; i++)
        {
            if (_identities[i] is not null) { continue; }
            Result<FileStat> other = _paths.Tree.Stat(_paths.Directories[i].Path, followLinks: true);
            if (!other.Failed && other.Value.IsSameFile(stat)) { return true; }
        }
        return false;
    }
}
