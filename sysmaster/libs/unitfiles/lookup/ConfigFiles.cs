using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>Configuration files spread over directories: of equal names the first directory's counts, and all are sorted by name. man 5 systemd.preset.</summary>
internal static class ConfigFiles
{
    /// <summary>Links and regular files of that suffix. Those that mask (a link to /dev/null, an empty file) are in it. Paths are the tree's.</summary>
    public static List<ByteText> List(FileTree tree, ReadOnlySpan<ByteText> directories, ReadOnlySpan<byte> suffix)
    {
        var found = new SortedDictionary<ByteText, ByteText>();
        foreach (ByteText directory in directories)
        {
            Result<DirectoryReader> opened = tree.OpenDirectory(directory);
            if (opened.Failed) { continue; }
            using DirectoryReader reader = opened.Value;
            foreach (DirectoryEntry entry in reader)
            {
                if (entry.IsDirectory || entry.Name[0] == (byte)'.' || !entry.Name.EndsWith(suffix)) { continue; }
                found.TryAdd(entry.Name, TextPath.Join(directory.Span, entry.Name));
            }
        }
        return [.. found.Values];
    }
}
