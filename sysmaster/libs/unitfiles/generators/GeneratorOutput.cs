using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Generators;

/// <summary>The directories that generators write to: emptied and made before, removed after where nothing came. man 7 systemd.generator.</summary>
public static class GeneratorOutput
{
    private const uint DirectoryMode = 0x1ED;   // 0755
    private const int MaxDepth = 16;

    /// <summary>Empties the three directories, or makes them.</summary>
    /// <returns>ENOSPC, EROFS, …: generators cannot run then.</returns>
    public static Errno Prepare(SearchPaths paths)
    {
        foreach (ByteText directory in Directories(paths))
        {
            Errno error = Empty(directory, depth: 0);
            if (error == Errno.ENOENT || !error.Failed) { error = Sys.MkdirAll(directory, DirectoryMode); }
            if (error.Failed) { return error; }
        }
        return Errno.None;
    }

    /// <summary>Removes those that stayed empty.</summary>
    public static void Finish(SearchPaths paths)
    {
        foreach (ByteText directory in Directories(paths)) { _ = Sys.Unlink(directory, LibC.AT_REMOVEDIR); }   // ENOTEMPTY is the good case
    }

    /// <summary>Removes them with all that is in them.</summary>
    public static void Remove(SearchPaths paths)
    {
        foreach (ByteText directory in Directories(paths))
        {
            if (!Empty(directory, depth: 0).Failed) { _ = Sys.Unlink(directory, LibC.AT_REMOVEDIR); }
        }
    }

    private static ByteText[] Directories(SearchPaths paths)
        => Array.FindAll([paths.Generator, paths.GeneratorEarly, paths.GeneratorLate], static d => !d.IsEmpty);

    /// <summary>Links are removed, never followed.</summary>
    private static Errno Empty(ByteText directory, int depth)
    {
        Result<DirectoryReader> opened = Sys.OpenDirectory(directory, flags: LibC.O_NOFOLLOW);
        if (opened.Failed) { return opened.Error; }
        using DirectoryReader reader = opened.Value;
        Errno first = Errno.None;
        foreach (DirectoryEntry entry in reader)
        {
            ByteText name = entry.Name;
            bool isDirectory = entry.IsDirectory;
            Errno error = isDirectory && depth < MaxDepth ? Empty(TextPath.Join(directory.Span, name.Span), depth + 1) : Errno.None;
            if (!error.Failed) { error = Sys.UnlinkAt(reader.Fd, name, isDirectory ? LibC.AT_REMOVEDIR : 0); }
            if (!first.Failed && error != Errno.ENOENT) { first = error; }
        }
        return first.Failed ? first : reader.Error;
    }
}
