using System.Text;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>Small trees of our own below /run/systemd: never follows a link, never leaves the directory.</summary>
internal static class FileTrees
{
    private const int MaxDepth = 8;

    public static void Empty(ByteText directory) => Empty(directory, 0);

    private static void Empty(ByteText directory, int depth)
    {
        Result<DirectoryReader> open = Sys.OpenDirectory(directory, flags: LibC.O_NOFOLLOW);
        if (open.Failed || depth > MaxDepth) { return; }
        using DirectoryReader reader = open.Value;
        foreach (DirectoryEntry entry in reader)
        {
            var path = new ByteText($"{directory.ToString()}/{Encoding.UTF8.GetString(entry.Name)}");
            if (entry.IsDirectory)
            {
                Empty(path, depth + 1);
                _ = Sys.Unlink(path, LibC.AT_REMOVEDIR);
            }
            else { _ = Sys.Unlink(path); }
        }
    }
}
