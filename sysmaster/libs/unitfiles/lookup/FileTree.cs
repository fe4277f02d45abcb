using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>
/// The files below one root: the machine's own "/", or a directory given by <c>--root=</c>. Paths are absolute as the tree sees them; in a
/// directory, openat2(2) with RESOLVE_IN_ROOT resolves them, so that no link leads out. Changes are made with *at calls on the opened parent.
/// </summary>
public sealed partial class FileTree : IDisposable
{
    private readonly OwnedFd? _root;

    private FileTree(OwnedFd? root, ByteText prefix)
    {
        _root = root;
        Prefix = prefix;
    }

    /// <summary>The machine's own files.</summary>
    public static FileTree Host { get; } = new(null, default);

    /// <summary>What stands before a path of the tree to make it one of the machine: empty, or without a slash at its end.</summary>
    public ByteText Prefix { get; }

    public bool IsHost => _root is null;

    /// <param name="root">Absolute; "/" and the empty text give <see cref="Host"/>.</param>
    /// <returns>ENOENT, ENOTDIR… when there is no such directory.</returns>
    public static Result<FileTree> Open(ByteText root)
    {
        ReadOnlySpan<byte> path = root.Span.TrimEnd((byte)'/');
        if (path.IsEmpty) { return Host; }
        Result<OwnedFd> fd = Sys.Open(path, LibC.O_PATH | LibC.O_DIRECTORY);
        return fd.Failed ? fd.Error : new FileTree(fd.Value, path);
    }

    public void Dispose() => _root?.Dispose();

    /// <summary>The path as a process outside the tree names it; what messages and bus replies show.</summary>
    public ByteText Outside(ByteText path) => _root is null ? path : TextPath.Concat(Prefix.Span, path.Span);

    /// <summary>The other way; a path that is not below the root stays as it is.</summary>
    public ByteText Inside(ByteText path)
    {
        ReadOnlySpan<byte> prefix = Prefix.Span;
        return prefix.IsEmpty || !path.StartsWith(prefix) || path.Length == prefix.Length || path.Span[prefix.Length] != (byte)'/'
            ? path
            : new ByteText(path.Span[prefix.Length..]);
    }

    public Result<OwnedFd> OpenFile(ByteText path, int flags)
        => _root is null ? Sys.Open(path, flags) : Sys.OpenAt2(_root.Fd, path, flags, LibC.RESOLVE_IN_ROOT);

    public Result<DirectoryReader> OpenDirectory(ByteText path)
        => _root is null ? Sys.OpenDirectory(path) : Sys.OpenDirectoryIn(_root.Fd, path);

    /// <summary>statx(2); without following links, about the link at the end of the path.</summary>
    public Result<FileStat> Stat(ByteText path, bool followLinks)
    {
        if (_root is null) { return Sys.Stat(path, followLinks); }
        Result<OwnedFd> fd = Sys.OpenAt2(_root.Fd, path, LibC.O_PATH | (followLinks ? 0 : LibC.O_NOFOLLOW), LibC.RESOLVE_IN_ROOT);
        if (fd.Failed) { return fd.Error; }
        using OwnedFd open = fd.Value;
        return Sys.Stat(open.Fd);
    }

    public Result<ByteText> ReadLink(ByteText path)
    {
        if (_root is null) { return Sys.ReadLink(path); }
        Result<OwnedFd> fd = Sys.OpenAt2(_root.Fd, path, LibC.O_PATH | LibC.O_NOFOLLOW, LibC.RESOLVE_IN_ROOT);
        if (fd.Failed) { return fd.Error; }
        using OwnedFd open = fd.Value;
        Result<ByteText> target = Sys.ReadLinkAt(open.Fd, default);
        return target.Failed && target.Error == Errno.ENOENT ? Errno.EINVAL : target;   // an empty path on what is no link: ENOENT
    }

    /// <summary>A directory under the name it has without links; the path itself where that cannot be told.</summary>
    public ByteText RealPath(ByteText directory)
    {
        Result<OwnedFd> opened = OpenFile(directory, LibC.O_PATH | LibC.O_DIRECTORY);
        if (opened.Failed) { return directory; }
        using OwnedFd fd = opened.Value;
        Result<ByteText> real = Sys.ReadLink(new ByteText($"/proc/self/fd/{fd.Fd.Value}"));
        return real.Failed ? directory : Inside(real.Value);
    }

    /// <summary>A name's type, DT_…, asked for where the file system does not say it in the directory (DT_UNKNOWN when that fails too).</summary>
    internal static byte TypeOf(DirectoryEntry entry, Fd directory)
    {
        if (entry.Type != LibC.DT_UNKNOWN) { return entry.Type; }
        Result<FileStat> stat = Sys.Stat(entry.Name, followLinks: false, directory.Value);
        return stat.Failed ? LibC.DT_UNKNOWN : (byte)((stat.Value.Mode & LibC.S_IFMT) >> 12);   // DT_x is S_IFx shifted
    }

    /// <summary>A whole file. A final link is followed inside the tree.</summary>
    public Result<byte[]> ReadFile(ByteText path, int limit = 16 << 20)
    {
        Result<OwnedFd> fd = OpenFile(path, LibC.O_RDONLY | LibC.O_NOCTTY | LibC.O_NONBLOCK);
        if (fd.Failed) { return fd.Error; }
        using OwnedFd open = fd.Value;
        return Sys.ReadToEnd(open.Fd, limit);
    }
}
