using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>revert: what the administrator put over a vendor's unit goes.</summary>
public sealed partial class UnitFileInstaller
{
    /// <summary>
    /// Removes drop-in directories of the units outside the vendor's and generators' directories; and, where there is a vendor's file, the files
    /// and masks that stand over it.
    /// </summary>
    public InstallResult Revert(IReadOnlyList<string> names)
    {
        var result = new InstallResult();
        foreach (string name in names)
        {
            if (UnitName.TryParse(name, out _)) { continue; }
            result.Fail(InstallChange.Fail(InstallErrorKind.InvalidArgument, Text(name)));
            return result;
        }
        var dropIns = new List<ByteText>();
        var files = new List<ByteText>();
        foreach (string name in names) { CollectOverrides(Text(name), dropIns, files); }
        var marked = new HashSet<ByteText>();
        foreach (ByteText directory in dropIns) { RemoveTree(directory, result, told: true, depth: 0); }
        foreach (ByteText file in files)
        {
            if (RemoveFile(file, result)) { marked.Add(file); }
        }
        RemoveMarked(marked, _paths.RuntimeConfig, result);
        RemoveMarked(marked, _paths.PersistentConfig, result);
        return result;
    }

    private void CollectOverrides(ByteText name, List<ByteText> dropIns, List<ByteText> files)
    {
        bool hasVendor = false;
        var overrides = new List<ByteText>();
        foreach (SearchDirectory directory in _paths.Directories)
        {
            ByteText path = TextPath.Join(directory.Path.Span, name.Span);
            Result<FileStat> stat = _tree.Stat(path, followLinks: false);
            if (!stat.Failed && directory.IsVendorOrGenerator) { hasVendor |= stat.Value.IsRegular; }
            else if (!stat.Failed && (stat.Value.IsRegular || stat.Value.IsLink) && !directory.IsTransient) { overrides.Add(path); }

            ByteText dropIn = TextPath.Concat(path.Span, ".d"u8);
            stat = _tree.Stat(dropIn, followLinks: false);
            if (!stat.Failed && stat.Value.IsDirectory && !directory.IsVendorOrGenerator && !dropIns.Contains(dropIn)) { dropIns.Add(dropIn); }
        }
        if (hasVendor) { files.AddRange(overrides.Where(p => !files.Contains(p))); }
    }

    /// <summary>Told are its own files and the directory, as systemd does; what else lies in it goes silently. Links are removed, not followed.</summary>
    private void RemoveTree(ByteText directory, InstallResult result, bool told, int depth)
    {
        List<(ByteText Name, byte Type)> entries = Entries(directory);
        entries.Sort(static (a, b) => a.Name.CompareTo(b.Name));
        foreach ((ByteText name, byte type) in entries)
        {
            ByteText path = TextPath.Join(directory.Span, name.Span);
            if (type == LibC.DT_DIR) { if (depth < MaxLinks) { RemoveTree(path, result, told: false, depth + 1); } }
            else if (told) { RemoveFile(path, result); }
            else { _ = _tree.Unlink(path); }   // a failure shows below: the directory is not empty
        }
        Errno error = _tree.RemoveDirectory(directory);
        if (error.Failed) { result.Fail(InstallChange.Fail(error, _tree.Outside(directory))); }
        else if (told) { result.Add(new InstallChange(InstallChangeKind.Unlink, _tree.Outside(directory), default)); }
    }
}
