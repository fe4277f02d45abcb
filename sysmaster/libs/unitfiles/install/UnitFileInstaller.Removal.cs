using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>Removing the links to units.</summary>
public sealed partial class UnitFileInstaller
{
    /// <summary>Names of units and paths of links: what has one of these names, or leads to one, goes.</summary>
    private HashSet<ByteText> MarkForRemoval(InstallContext context, InstallResult result)
    {
        var marked = new HashSet<ByteText>();
        while (context.TakeNext() is { } next)
        {
            InstallRecord record = next;
            InstallErrorKind error = Traverse(context, ref record, Search.Load | Search.FollowConfigLinks);
            if (error == InstallErrorKind.None)
            {
                if (next.Kind == InstallFileKind.Masked) { result.Add(new InstallChange(InstallChangeKind.Masked, _tree.Outside(next.Path), default)); }
                if (next.Kind != InstallFileKind.Regular) { continue; }
                result.CarriesInstallInfo |= next.HasRules || next.Also.Count > 0;
            }
            else if (WhyNotFound(next, error) is { } told) { result.Add(told); }
            marked.Add(Text(next.Name.Text));
        }
        return marked;
    }

    /// <summary>The links may have outlived the file, or the sense of it: they go all the same, and the caller is told.</summary>
    /// <returns>Null: nobody needs to know.</returns>
    private InstallChange? WhyNotFound(InstallRecord record, InstallErrorKind error)
    {
        ByteText path = record.Path.IsEmpty ? Text(record.Name.Text) : _tree.Outside(record.Path);
        if (error != InstallErrorKind.NotFound) { return FailFor(error, record.Kind == InstallFileKind.Symlink ? Text(record.Name.Text) : path); }
        if (record.Kind == InstallFileKind.Symlink) { return new InstallChange(InstallChangeKind.Dangling, path, default); }
        return record.IsAuxiliary ? null : InstallChange.Fail(error, path);
    }

    /// <summary>Below a configuration directory, until a pass finds nothing: a link that goes may be what another one leads to.</summary>
    private void RemoveMarked(HashSet<ByteText> marked, ByteText config, InstallResult result)
    {
        if (marked.Count == 0 || config.IsEmpty) { return; }
        bool again = true;
        while (again && !result.Failed)
        {
            again = false;
            RemoveMarkedIn(config, config, depth: 0, marked, ref again, result);
        }
    }

    private void RemoveMarkedIn(ByteText directory, ByteText config, int depth, HashSet<ByteText> marked, ref bool again, InstallResult result)
    {
        foreach ((ByteText name, byte type) in Entries(directory))
        {
            ByteText path = TextPath.Join(directory.Span, name.Span);
            if (type == LibC.DT_DIR)
            {
                if (depth < MaxLinks) { RemoveMarkedIn(path, config, depth + 1, marked, ref again, result); }
                continue;
            }
            if (type != LibC.DT_LNK || !UnitName.TryParse(name.Span, out UnitName unit) || !IsMarked(unit, path, marked)) { continue; }
            Errno error = _tree.Unlink(path);
            if (error.Failed && error != Errno.ENOENT)
            {
                result.Fail(InstallChange.Fail(error, _tree.Outside(path)));
                continue;
            }
            RemoveEmptyParents(path, config);
            result.Add(new InstallChange(InstallChangeKind.Unlink, _tree.Outside(path), default));
            again |= marked.Add(path) | marked.Add(name);
        }
    }

    /// <summary>What has a marked name, is an instance of a marked template, or leads to a marked name or path.</summary>
    private bool IsMarked(UnitName name, ByteText path, HashSet<ByteText> marked)
    {
        if (marked.Contains(Text(name.Text)) || (name.IsInstance && marked.Contains(Text(name.Template.Text)))) { return true; }
        Result<ByteText> target = _tree.ReadLink(path);
        if (target.Failed) { return false; }
        ByteText resolved = TextPath.Resolve(TextPath.DirName(path.Span), target.Value.Span);
        return marked.Contains(resolved) || marked.Contains(TextPath.BaseName(resolved.Span));
    }

    private void RemoveEmptyParents(ByteText path, ByteText stop)
    {
        ByteText parent = TextPath.DirName(path.Span);
        while (parent.Length > stop.Length && TextPath.IsBelow(parent.Span, stop.Span) && !_tree.RemoveDirectory(parent).Failed)
        {
            parent = TextPath.DirName(parent.Span);
        }
    }

    /// <summary>A directory's names and types, read before anything in it changes. Empty when it cannot be read.</summary>
    private List<(ByteText Name, byte Type)> Entries(ByteText directory)
    {
        var entries = new List<(ByteText, byte)>();
        Result<DirectoryReader> opened = _tree.OpenDirectory(directory);
        if (opened.Failed) { return entries; }
        using DirectoryReader reader = opened.Value;
        foreach (DirectoryEntry entry in reader) { entries.Add((new ByteText(entry.Name), FileTree.TypeOf(entry, reader.Fd))); }
        return entries;
    }
}
