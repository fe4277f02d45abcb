using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>All links of the search path and its .wants, .requires and .upholds directories, found by name, by template and by target. One pass.</summary>
internal sealed class InstallLinkIndex
{
    private static readonly List<InstallLink> s_none = [];

    private readonly Dictionary<ByteText, List<InstallLink>> _byName = [];
    private readonly Dictionary<ByteText, List<InstallLink>> _byTarget = [];
    private readonly FileTree _tree;

    public InstallLinkIndex(SearchPaths paths)
    {
        _tree = paths.Tree;
        for (int i = 0; i < paths.Directories.Length; i++) { ReadDirectory(paths.Directories[i].Path, i, owner: default); }
    }

    /// <summary>Links of that name; dependency links of an instance are found by the template's name too.</summary>
    public List<InstallLink> Named(UnitName name) => _byName.GetValueOrDefault(new ByteText(name.Text)) ?? s_none;

    public List<InstallLink> LeadingTo(UnitName name) => _byTarget.GetValueOrDefault(new ByteText(name.Text)) ?? s_none;

    private void ReadDirectory(ByteText path, int index, ByteText owner)
    {
        Result<DirectoryReader> opened = _tree.OpenDirectory(path);
        if (opened.Failed) { return; }
        using DirectoryReader reader = opened.Value;
        foreach (DirectoryEntry entry in reader)
        {
            byte type = FileTree.TypeOf(entry, reader.Fd);
            if (type == LibC.DT_LNK) { Add(entry.Name, reader.Fd, index, owner); }
            else if (type == LibC.DT_DIR && owner.IsEmpty && IsDependencyDirectory(entry.Name))
            {
                ReadDirectory(TextPath.Join(path.Span, entry.Name), index, new ByteText(entry.Name));
            }
        }
    }

    private static bool IsDependencyDirectory(ReadOnlySpan<byte> name)
        => name.EndsWith(".wants"u8) || name.EndsWith(".requires"u8) || name.EndsWith(".upholds"u8);

    private void Add(ReadOnlySpan<byte> name, Fd directory, int index, ByteText owner)
    {
        Result<ByteText> target = Sys.ReadLinkAt(directory, name);
        if (target.Failed) { return; }
        var link = new InstallLink(index, name, TextPath.BaseName(target.Value.Span), owner);
        Put(_byName, link.Name, link);
        if (link.IsDependency && UnitName.TryParse(name, out UnitName unit) && unit.IsInstance) { Put(_byName, new ByteText(unit.Template.Text), link); }
        if (!link.IsDependency) { Put(_byTarget, link.TargetName, link); }
    }

    private static void Put(Dictionary<ByteText, List<InstallLink>> lists, ByteText key, InstallLink link)
    {
        if (!lists.TryGetValue(key, out List<InstallLink>? list)) { lists.Add(key, list = []); }
        list.Add(link);
    }
}
