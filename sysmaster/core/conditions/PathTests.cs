using SysMaster.Core.Boot;
using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>Tests of paths. They look at files that may lie on any file system, so they may be as slow as that is.</summary>
internal static class PathTests
{
    public static Result<bool> Exists(ByteText path, SystemFacts facts) => Sys.Exists(path);

    public static Result<bool> ExistsGlob(ByteText pattern, SystemFacts facts) => Sys.GlobMatchesAny(pattern);

    public static Result<bool> IsDirectory(ByteText path, SystemFacts facts) => Sys.Stat(path) is { Failed: false, Value.IsDirectory: true };

    public static Result<bool> IsSymbolicLink(ByteText path, SystemFacts facts)
        => Sys.Stat(path, followLinks: false) is { Failed: false, Value.IsLink: true };

    public static Result<bool> IsMountPoint(ByteText path, SystemFacts facts)
    {
        Result<FileStat> stat = Sys.Stat(path);
        if (stat.Failed) { return false; }
        return stat.Value.IsMountRoot || (stat.Value.MountId == 0 && IsMountPointByParent(path, stat.Value));
    }

    public static Result<bool> IsReadWrite(ByteText path, SystemFacts facts)
    {
        Result<bool> readOnly = Sys.IsReadOnlyFileSystem(path);
        return readOnly.Failed ? readOnly.Error != Errno.ENOENT : !readOnly.Value;
    }

    public static Result<bool> DirectoryNotEmpty(ByteText path, SystemFacts facts)
    {
        Result<DirectoryReader> open = Sys.OpenDirectory(path);
        if (open.Failed) { return open.Error != Errno.ENOENT && open.Error != Errno.ENOTDIR; }
        using DirectoryReader reader = open.Value;
        foreach (DirectoryEntry entry in reader)
        {
            if (!HiddenNames.Is(entry.Name)) { return true; }
        }
        return reader.Error.Failed;
    }

    public static Result<bool> FileNotEmpty(ByteText path, SystemFacts facts)
        => Sys.Stat(path) is { Failed: false, Value: { IsRegular: true, Size: > 0 } };

    public static Result<bool> FileIsExecutable(ByteText path, SystemFacts facts)
        => Sys.Stat(path) is { Failed: false, Value.IsRegular: true } stat && (stat.Value.Mode & 0x49) != 0;

    /// <summary>Before Linux 5.8: another device than its parent's, or the root itself. A bind mount within one file system is not seen.</summary>
    private static bool IsMountPointByParent(ByteText path, in FileStat stat)
    {
        Result<FileStat> parent = Sys.Stat(new ByteText([.. path.Span, .. "/.."u8]));
        return !parent.Failed && (parent.Value.Device != stat.Device || parent.Value.Inode == stat.Inode);
    }
}
