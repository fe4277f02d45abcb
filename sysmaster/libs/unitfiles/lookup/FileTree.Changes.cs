using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>Changes to the tree: names are made and removed in the opened parent directory; a link at the end of a path is never followed.</summary>
public sealed partial class FileTree
{
    private const uint DirectoryMode = 0x1ED;   // 0755

    /// <summary>Every missing directory above the path, with mode 0755.</summary>
    public Errno MakeParents(ByteText path)
    {
        ReadOnlySpan<byte> span = path.Span;
        for (int i = 1; i < span.Length; i++)
        {
            if (span[i] != (byte)'/' || span[i - 1] == (byte)'/') { continue; }
            ByteText parent = span[..i];
            if (!Stat(parent, followLinks: true).Failed) { continue; }
            Errno error = InParent(parent, static (fd, name, _) => Sys.MkdirAt(fd, name, DirectoryMode), default);
            if (error.Failed && error != Errno.EEXIST) { return error; }
        }
        return Errno.None;
    }

    /// <returns>EEXIST when anything has that name.</returns>
    public Errno Symlink(ByteText target, ByteText path) => InParent(path, static (fd, name, to) => Sys.SymlinkAt(to, fd, name), target);

    /// <summary>Whatever file or link has the name, at every moment there is either the old one or the new one.</summary>
    public Errno ReplaceWithSymlink(ByteText target, ByteText path) => InParent(path, static (fd, name, to) => SymlinkAndRename(to, fd, name), target);

    /// <summary>A file, or a link itself.</summary>
    public Errno Unlink(ByteText path) => InParent(path, static (fd, name, _) => Sys.UnlinkAt(fd, name), default);

    /// <returns>ENOTEMPTY while there is something in it.</returns>
    public Errno RemoveDirectory(ByteText path) => InParent(path, static (fd, name, _) => Sys.UnlinkAt(fd, name, LibC.AT_REMOVEDIR), default);

    private delegate Errno Change(Fd parent, ByteText name, ByteText argument);

    private Errno InParent(ByteText path, Change change, ByteText argument)
    {
        Result<OwnedFd> parent = OpenFile(TextPath.DirName(path.Span), LibC.O_PATH | LibC.O_DIRECTORY);
        if (parent.Failed) { return parent.Error; }
        using OwnedFd fd = parent.Value;
        return change(fd.Fd, TextPath.BaseName(path.Span), argument);
    }

    private static Errno SymlinkAndRename(ByteText target, Fd parent, ByteText name)
    {
        Span<byte> random = stackalloc byte[8];
        for (int attempt = 0; attempt < 16; attempt++)
        {
            System.Security.Cryptography.RandomNumberGenerator.Fill(random);
            ByteText temporary = new(".#sysmaster" + Convert.ToHexString(random));   // no unit name: nobody takes it for one
            Errno error = Sys.SymlinkAt(target, parent, temporary);
            if (error == Errno.EEXIST) { continue; }
            if (error.Failed) { return error; }
            error = Sys.RenameAt(parent, temporary, parent, name);
            if (error.Failed) { _ = Sys.UnlinkAt(parent, temporary); }
            return error;
        }
        return Errno.EEXIST;
    }
}
