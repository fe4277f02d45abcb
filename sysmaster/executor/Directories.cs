using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// RuntimeDirectory=, StateDirectory=, CacheDirectory=, LogsDirectory=, ConfigurationDirectory=: made, moded, owned by the user. The
/// contents change hands only when the top does not yet belong to the user. With DynamicUser= they live below "private", which others
/// cannot enter, since the number may be somebody else's tomorrow.
/// </summary>
internal static unsafe class Directories
{
    private static readonly ExecStatus[] s_status =
        [ExecStatus.RuntimeDirectory, ExecStatus.StateDirectory, ExecStatus.CacheDirectory, ExecStatus.LogsDirectory, ExecStatus.ConfigurationDirectory];

    public static void Make(Setup s)
    {
        ExecRequest r = s.Request;
        foreach (ExecDirectory directory in r.Directories)
        {
            int kind = (int)directory.Kind;
            if (kind >= r.DirectoryBases.Length) { Report.Fail(s_status[kind], Errno.EINVAL, "Failed to set up special execution directory"u8, directory.Path); }
            ByteText root = r.DirectoryBases[kind];
            ByteText path = Paths.Join(root, directory.Path.Span);
            if (ArePrivate(r, directory.Kind)) { MakePrivate(s, directory, root, path); }
            else { MakeOwned(s, directory, path); }
            foreach (ByteText link in directory.Symlinks) { Link(path, Paths.Join(root, link.Span), s_status[kind]); }
            s.Directories[kind] = [.. s.Directories[kind], path];
        }
    }

    /// <summary>What outlives the number that owns it.</summary>
    public static bool ArePrivate(ExecRequest r, ExecDirectoryKind kind) => r.DynamicUser && kind is not (ExecDirectoryKind.Configuration or ExecDirectoryKind.Runtime);

    /// <summary>The links to them, in a view that has none yet since the place is empty there (a root directory, a tmpfs).</summary>
    public static void LinkInView(Setup s)
    {
        ExecRequest r = s.Request;
        ByteText root = r.RootDirectory;
        foreach (ExecDirectory directory in r.Directories)
        {
            ByteText top = r.DirectoryBases[(int)directory.Kind], path = Paths.Join(top, directory.Path.Span);
            if (root.IsEmpty && ArePrivate(r, directory.Kind)) { LinkWhereMissing(root, Paths.Join(Paths.Join(top, "private"u8), directory.Path.Span), path); }
            foreach (ByteText link in directory.Symlinks) { LinkWhereMissing(root, path, Paths.Join(top, link.Span)); }
        }
    }

    private static void LinkWhereMissing(ByteText root, ByteText target, ByteText link)
    {
        ByteText parent = Paths.Parent(link);
        Result<ByteText> real = MountPath.Resolve(root, parent);   // no link below the root leads out of it
        if (real is { Failed: true, Error: var error } && error == Errno.ENOENT)
        {
            Check(Sys.MkdirAll(root.IsEmpty ? parent : Paths.Join(root, parent.Span), 0x1ED), ExecStatus.Namespace, link);
            real = parent;
        }
        if (real.Failed) { Report.Fail(ExecStatus.Namespace, real.Error, link); }
        ByteText place = Paths.Join(root.IsEmpty ? real.Value : Paths.Join(root, real.Value.Span), link.Span[(link.Span.LastIndexOf((byte)'/') + 1)..]);
        if (!Paths.Stat(place, follow: false).Failed) { return; }
        Check(Sys.Symlink(Relative(Paths.Parent(link), target), place), ExecStatus.Namespace, link);
    }

    private static void MakePrivate(Setup s, ExecDirectory directory, ByteText root, ByteText path)
    {
        ExecStatus status = s_status[(int)directory.Kind];
        ByteText closed = Paths.Join(root, "private"u8);
        Check(Sys.MkdirAll(closed, 0x1C0), status, closed);
        Check(Paths.Chmod(closed, 0x1C0), status, closed);
        ByteText real = Paths.Join(closed, directory.Path.Span);
        Result<FileFacts> before = Paths.Stat(path, follow: false);
        if (!before.Failed && before.Value.IsDirectory && Paths.Stat(real).Failed)
        {
            Check(Sys.MkdirAll(Paths.Parent(real), 0x1ED), status, real);
            Check(Sys.Rename(path, real), status, path);   // from the time before DynamicUser= was set
        }
        MakeOwned(s, directory, real);
        Check(Sys.MkdirAll(Paths.Parent(path), 0x1ED), status, path);
        Link(real, path, status);
    }

    private static void MakeOwned(Setup s, ExecDirectory directory, ByteText path)
    {
        ExecStatus status = s_status[(int)directory.Kind];
        _ = Native.umask(0x12);
        Check(Sys.MkdirAll(Paths.Parent(path), 0x1ED), status, path);
        Errno made = Sys.Mkdir(path, directory.Mode);
        if (made.Failed && made != Errno.EEXIST) { Report.Fail(status, made, path); }
        if (!made.Failed) { _ = Selinux.Restore(path); }   // where it cannot be labelled, what its parent gives it has to do
        if (directory.Kind == ExecDirectoryKind.Configuration && made.Failed) { return; }   // the administrator's: made when missing, never changed
        using OwnedFd fd = Open(path, status);
        Result<FileFacts> facts = Paths.StatFd(fd.Value);
        if (facts.Failed) { Report.Fail(status, facts.Error, path); }
        uint uid = s.Uid == ExecRequest.NoId ? LibC.getuid() : s.Uid;
        uint gid = s.Gid == ExecRequest.NoId ? LibC.getgid() : s.Gid;
        if (facts.Value.Uid != uid || facts.Value.Gid != gid) { Check(ChownTree(fd.Value, uid, gid, 0), status, path); }
        if (facts.Value.Permissions != directory.Mode || facts.Value.Uid != uid) { Check(Paths.Chmod(Paths.OfFd(fd.Value), directory.Mode), status, path); }
    }

    private static OwnedFd Open(ByteText path, ExecStatus status)
    {
        Result<OwnedFd> open = Sys.Open(path, LibC.O_RDONLY | LibC.O_DIRECTORY);
        if (open.Failed) { Report.Fail(status, open.Error, path); }
        return open.Value;
    }

    /// <summary>Never through a link, and never out of the tree; each directory by descriptor.</summary>
    public static Errno ChownTree(int directory, uint uid, uint gid, int depth = 0)
    {
        if (depth > 200) { return Errno.ELOOP; }
        byte* buffer = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc(32768);
        nint n;
        while ((n = LibC.syscall(LibC.IsArm64 ? 61 : 217, directory, (nint)buffer, 32768)) > 0)   // getdents64
        {
            for (nint at = 0; at < n; at += *(ushort*)(buffer + at + 16))
            {
                byte* name = buffer + at + 19;
                if (name[0] == (byte)'.' && (name[1] == 0 || (name[1] == (byte)'.' && name[2] == 0))) { continue; }
                byte type = buffer[at + 18];
                Errno error = ChownEntry(directory, name, type == 4, uid, gid, depth);
                if (error.Failed) { return error; }
            }
        }
        if (n < 0) { return Errno.Last; }
        System.Runtime.InteropServices.NativeMemory.Free(buffer);
        byte none = 0;
        return LibC.fchownat(directory, &none, uid, gid, LibC.AT_EMPTY_PATH) < 0 ? Errno.Last : Errno.None;
    }

    private static Errno ChownEntry(int directory, byte* name, bool isDirectory, uint uid, uint gid, int depth)
    {
        if (isDirectory)
        {
            int child = LibC.openat(directory, name, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, 0);
            if (child < 0) { return Errno.Last == Errno.ENOENT ? Errno.None : Errno.Last; }
            Errno error = ChownTree(child, uid, gid, depth + 1);
            _ = LibC.close(child);
            return error;
        }
        // The kernel itself takes set-id bits away from what root gives to another; a link has none.
        if (LibC.fchownat(directory, name, uid, gid, LibC.AT_SYMLINK_NOFOLLOW) == 0 || Errno.Last == Errno.ENOENT) { return Errno.None; }
        return Errno.Last;
    }

    /// <summary>A link that already is right stays; what is not a link is not touched.</summary>
    private static void Link(ByteText target, ByteText link, ExecStatus status)
    {
        ByteText relative = Relative(Paths.Parent(link), target);
        Result<ByteText> have = Sys.ReadLink(link);
        if (!have.Failed && (have.Value == relative || have.Value == target)) { return; }
        Check(Sys.MkdirAll(Paths.Parent(link), 0x1ED), status, link);
        if (!have.Failed) { _ = Sys.Unlink(link); }
        Check(Sys.Symlink(relative, link), status, link);
    }

    private static ByteText Relative(ByteText from, ByteText to)
    {
        ReadOnlySpan<byte> prefix = Paths.Concat(from, "/"u8).Span;
        return to.StartsWith(prefix) ? to.Span[prefix.Length..] : to;
    }

    private static void Check(Errno error, ExecStatus status, ByteText path)
    {
        if (error.Failed) { Report.Fail(status, error, path); }
    }
}
