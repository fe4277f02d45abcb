using System.Collections.Immutable;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>
/// All files of a unit's name, the used and the hidden ones: what <c>cat</c> shows, <c>edit</c> builds on, <c>revert</c> would take away and systemd-delta
/// compares.
/// </summary>
public static class UnitFileLayers
{
    /// <summary>In the order of the search path, fragments first.</summary>
    public static ImmutableArray<UnitFileLayer> Of(UnitFileCache cache, UnitLookup unit)
    {
        SearchPaths paths = cache.Paths;
        var layers = ImmutableArray.CreateBuilder<UnitFileLayer>();
        var name = new ByteText(unit.Id.Text);
        AddFragments(layers, paths, name, unit);
        if (unit.Id.IsInstance) { AddFragments(layers, paths, new ByteText(unit.Id.Template.Text), unit); }
        foreach (SearchDirectory directory in paths.Directories) { AddDropIns(layers, paths, directory, name, unit); }
        foreach (ByteText used in unit.DropIns)
        {
            // Those of templates, dash prefixes, types and aliases, which may not lie under the unit's own name.
            if (!Contains(layers, used)) { layers.Add(Layer(paths, paths.Tree.Inside(used), UnitFileLayerKind.DropIn, isOverridden: false)); }
        }
        return layers.ToImmutable();
    }

    private static void AddFragments(ImmutableArray<UnitFileLayer>.Builder layers, SearchPaths paths, ByteText name, UnitLookup unit)
    {
        foreach (SearchDirectory directory in paths.Directories)
        {
            ByteText path = TextPath.Join(directory.Path.Span, name.Span);
            if (paths.Tree.Stat(path, followLinks: false).Failed) { continue; }
            layers.Add(Layer(paths, path, UnitFileLayerKind.Fragment, isOverridden: paths.Tree.Outside(path) != unit.FragmentPath));
        }
    }

    private static void AddDropIns(
        ImmutableArray<UnitFileLayer>.Builder layers, SearchPaths paths, SearchDirectory directory, ByteText name, UnitLookup unit)
    {
        ByteText dropIns = TextPath.Join(directory.Path.Span, name.Span, ".d"u8);
        foreach (ByteText path in ConfigFiles.List(paths.Tree, [dropIns], ".conf"u8))
        {
            layers.Add(Layer(paths, path, UnitFileLayerKind.DropIn, isOverridden: !unit.DropIns.Contains(paths.Tree.Outside(path))));
        }
    }

    private static UnitFileLayer Layer(SearchPaths paths, ByteText path, UnitFileLayerKind kind, bool isOverridden)
    {
        Result<FileStat> stat = paths.Tree.Stat(path, followLinks: true);
        ReadOnlySpan<byte> directory = TextPath.DirName(path.Span);
        if (kind == UnitFileLayerKind.DropIn) { directory = TextPath.DirName(directory); }
        int index = paths.IndexOf(directory);
        SearchRole role = index < 0 ? SearchRole.Vendor : paths.Directories[index].Role;
        return new UnitFileLayer(paths.Tree.Outside(path), role, kind, isOverridden, IsMask: !stat.Failed && stat.Value.IsNullOrEmpty);
    }

    private static bool Contains(ImmutableArray<UnitFileLayer>.Builder layers, ByteText path)
    {
        foreach (UnitFileLayer layer in layers)
        {
            if (layer.Path == path) { return true; }
        }
        return false;
    }
}
