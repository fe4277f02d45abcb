using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>What is done to one entry, and to the tree as a whole.</summary>
internal static unsafe class MountOperations
{
    public static void Propagation(ReadOnlySpan<byte> path, nuint kind)
    {
        fixed (byte* p = new ByteText(path).CString)
        {
            if (LibC.mount(null, p, null, kind | LibC.MS_REC, null) < 0) { Report.Fail(ExecStatus.Namespace, Errno.Last, "Failed to set up mount namespacing"u8); }
        }
    }

    public static void BindOnItself(ByteText path)
    {
        fixed (byte* p = path.CString)
        {
            if (LibC.mount(p, p, null, LibC.MS_BIND | LibC.MS_REC, null) < 0) { Report.Fail(ExecStatus.Namespace, Errno.Last, ByteText.Empty); }
        }
    }

    /// <summary>nosuid on a mount and all below it.</summary>
    public static void WithoutSetId(ExecRequest r, ByteText path)
    {
        var entry = new MountEntry(path, MountMode.ReadWrite) { NoSuid = true };
        Attributes(Target(r, entry), entry, true);
    }

    /// <summary>The root directory, with all that was laid into it, becomes the root.</summary>
    public static void SwitchRoot(ByteText root)
    {
        fixed (byte* r = root.CString, slash = "/\0"u8, dot = ".\0"u8)
        {
            int result = LibC.chdir(r);
            if (result == 0) { result = LibC.mount(r, slash, null, LibC.MS_MOVE, null); }
            if (result == 0) { result = LibC.chroot(dot); }
            if (result == 0) { result = LibC.chdir(slash); }
            if (result < 0) { Report.Fail(ExecStatus.Chroot, Errno.Last, root); }
        }
    }

    /// <summary>Before anything is changed: what an entry will need of the host's view.</summary>
    public static void TakeTree(ByteText root, MountEntry entry)
    {
        switch (entry.Mode)
        {
            case MountMode.ReadWrite:
            case MountMode.Exec:
                if (entry.Path.Length > 1) { entry.Tree = Clone(root, entry.Path, entry); }
                break;
            case MountMode.Bind:
            case MountMode.PrivateTmp:
                entry.Tree = Clone(default, entry.Source, entry);
                break;
            case MountMode.Inaccessible:
                entry.ReadOnly = entry.NoExec = entry.NoSuid = true;
                ByteText nothing = Nothing(root, entry);
                if (!nothing.IsEmpty) { entry.Tree = Clone(default, nothing, entry); }
                break;
            case MountMode.PrivateDev:
                entry.Trees = PrivateDev.Take(root.Length > 1 ? Paths.Join(root, entry.Path.Span) : entry.Path);
                break;
            default:
                break;
        }
        // A missing mount point is made while its parent may still be written.
        if (entry.Known) { return; }
        if (entry.Create && MountPath.Open(root, entry.Path) is { Failed: false, Value: int there }) { _ = LibC.close(there); }
        else if (entry.Create) { MakePoint(root, entry); }
    }

    public static void LayDown(ExecRequest r, MountEntry entry)
    {
        switch (entry.Mode)
        {
            case MountMode.Tmpfs:
                MountFresh(r, entry);
                break;
            case MountMode.Overlay:
                MountFresh(r, entry, "overlay"u8, 0);
                break;
            case MountMode.Procfs:
                MountFresh(r, entry, "proc"u8, LibC.MS_NOSUID | LibC.MS_NOEXEC | LibC.MS_NODEV);
                break;
            case MountMode.Mqueue:
                MountFresh(r, entry, "mqueue"u8, LibC.MS_NOSUID | LibC.MS_NOEXEC | LibC.MS_NODEV);
                break;
            case MountMode.PrivateDev:
                PrivateDev.Make(entry, Target(r, entry));
                break;
            case MountMode.ReadOnly:
            case MountMode.NoExec:
                entry.ReadOnly |= entry.Mode == MountMode.ReadOnly;
                entry.NoExec |= entry.Mode == MountMode.NoExec;
                if (entry.Path.Length == 1) { Attributes(Target(r, entry), entry, true); }
                else
                {
                    entry.Tree = Clone(r.RootDirectory, entry.Path, entry);
                    if (entry.Tree >= 0) { Place(r, entry); }
                }
                break;
            default:
                if (entry.Mode == MountMode.Exec) { entry.Exec = true; }
                if (entry.Tree >= 0) { Place(r, entry); }
                break;
        }
    }

    /// <summary>A tmpfs that is to be read-only, once all is laid into it; that mount alone.</summary>
    public static void Seal(ExecRequest r, MountEntry entry)
    {
        if (entry.Mode != MountMode.Tmpfs || !entry.ReadOnly) { return; }
        int target = Target(r, entry);
        var only = new mount_attr { attr_set = LibC.MOUNT_ATTR_RDONLY };
        byte none = 0;
        if (LibC.mount_setattr(target, &none, LibC.AT_EMPTY_PATH, &only) < 0)
        {
            nuint flags = LibC.MS_REMOUNT | LibC.MS_BIND | LibC.MS_RDONLY | LibC.MS_NODEV | (entry.NoSuid ? LibC.MS_NOSUID : 0) | (entry.NoExec ? LibC.MS_NOEXEC : 0);
            fixed (byte* where = Paths.OfFd(target).CString)
            {
                if (LibC.mount(null, where, null, flags, null) < 0) { Report.Fail(ExecStatus.Namespace, Errno.Last, entry.Path); }
            }
        }
        _ = LibC.close(target);
    }

    /// <summary>Attributes on the detached tree, then the tree onto its place.</summary>
    private static void Place(ExecRequest r, MountEntry entry)
    {
        bool late = false;
        if (entry.AttributesSet != 0 || entry.AttributesCleared != 0) { late = !MountAttributes.SetOnTree(entry.Tree, entry); }
        int target = TargetOrNone(r, entry);
        if (target < 0)
        {
            // What hides the host's /dev/kmsg has nothing to hide in a /dev of our own.
            _ = LibC.close(entry.Tree);
            return;
        }
        byte none = 0;
        if (LibC.move_mount(entry.Tree, &none, target, &none, LibC.MOVE_MOUNT_F_EMPTY_PATH | LibC.MOVE_MOUNT_T_EMPTY_PATH) < 0)
        {
            Report.Fail(ExecStatus.Namespace, Errno.Last, entry.Path);
        }
        _ = LibC.close(target);
        _ = LibC.close(entry.Tree);
        if (late) { Attributes(Target(r, entry), entry, true); }
    }

    private static void Attributes(int target, MountEntry entry, bool close)
    {
        Errno error = MountAttributes.Set(target, entry);
        if (error.Failed) { Report.Fail(ExecStatus.Namespace, error, entry.Path); }
        if (close) { _ = LibC.close(target); }
    }

    private static int Clone(ByteText root, ByteText path, MountEntry entry)
    {
        Result<int> at = MountPath.Open(root, path);
        if (at.Failed)
        {
            if (entry.IgnoreMissing && (at.Error == Errno.ENOENT || at.Error == Errno.ENOTDIR)) { return -1; }
            Report.Fail(ExecStatus.Namespace, at.Error, entry.Path);
        }
        byte none = 0;
        int flags = LibC.OPEN_TREE_CLONE | LibC.O_CLOEXEC | LibC.AT_EMPTY_PATH | (entry.Recursive ? LibC.AT_RECURSIVE : 0);
        int tree = LibC.open_tree(at.Value, &none, flags);
        if (tree < 0) { Report.Fail(ExecStatus.Namespace, Errno.Last, path); }
        _ = LibC.close(at.Value);
        return tree;
    }

    /// <summary>The place, as it is now (under what earlier entries made); made when it is missing and the entry says so.</summary>
    private static int Target(ExecRequest r, MountEntry entry)
    {
        int target = TargetOrNone(r, entry);
        if (target < 0) { Report.Fail(ExecStatus.Namespace, Errno.ENOENT, entry.Path); }
        return target;
    }

    /// <returns>-1 when it is missing and may be.</returns>
    private static int TargetOrNone(ExecRequest r, MountEntry entry)
    {
        Result<int> at = MountPath.Open(r.RootDirectory, entry.Path);
        if (at.Failed && at.Error == Errno.ENOENT && entry.Create)
        {
            MakePoint(r.RootDirectory, entry);
            at = MountPath.Open(r.RootDirectory, entry.Path);
        }
        if (!at.Failed) { return at.Value; }
        if ((at.Error == Errno.ENOENT || at.Error == Errno.ENOTDIR) && entry.IgnoreMissing) { return -1; }
        Report.Fail(ExecStatus.Namespace, at.Error, entry.Path);
        return -1;
    }

    /// <summary>A directory, or a file where a file is to be bound. That it cannot be made shows when it is needed.</summary>
    private static void MakePoint(ByteText root, MountEntry entry)
    {
        if (entry.Mode is MountMode.Bind && entry.Tree < 0) { return; }   // the source is missing, and that is fine
        ByteText host = Paths.Join(root.IsEmpty ? new ByteText("/"u8) : root, entry.Path.Span);
        _ = Native.umask(0x12);
        Result<FileFacts> source = entry.Tree >= 0 ? Paths.StatFd(entry.Tree) : Errno.ENOENT;
        bool file = !source.Failed && !source.Value.IsDirectory;
        Errno made = file ? Sys.MkdirAll(Paths.Parent(host), 0x1ED) : Sys.MkdirAll(host, 0x1ED);
        if (file && !made.Failed) { _ = Sys.WriteFile(host, default, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NOFOLLOW, 0x1A4); }
    }

    private static void MountFresh(ExecRequest r, MountEntry entry)
    {
        MountOptions options = MountOptions.Parse(entry.Source.Span);
        entry.Source = options.Data;
        MountFresh(r, entry, "tmpfs"u8, (options.Flags & ~LibC.MS_RDONLY) | (entry.NoSuid ? LibC.MS_NOSUID : 0) | (entry.NoExec ? LibC.MS_NOEXEC : 0) | LibC.MS_NODEV | LibC.MS_STRICTATIME);
    }

    private static void MountFresh(ExecRequest r, MountEntry entry, ReadOnlySpan<byte> type, nuint flags)
    {
        int target = Target(r, entry);
        if (target < 0) { return; }
        // A tmpfs still gets the mount points of what lies in it: Seal comes last.
        if (entry.ReadOnly && entry.Mode != MountMode.Tmpfs) { flags |= LibC.MS_RDONLY; }
        fixed (byte* where = Paths.OfFd(target).CString, kind = new ByteText(type).CString, data = entry.Source.CString)
        {
            int result = LibC.mount(kind, where, kind, flags, entry.Source.IsEmpty ? null : data);
            // Options of proc(5) are newer than 5.10 allows for words: without them the service still has a /proc.
            if (result < 0 && Errno.Last == Errno.EINVAL && entry.Mode == MountMode.Procfs) { result = LibC.mount(kind, where, kind, flags, null); }
            bool denied = result < 0 && Errno.Last == Errno.EPERM && entry.Mode is MountMode.Procfs;
            if (result < 0 && !denied) { Report.Fail(ExecStatus.Namespace, Errno.Last, entry.Path); }
        }
        _ = LibC.close(target);
    }

    /// <summary>A file of the same type that nobody can open. /run/systemd/inaccessible is made by the manager at boot.</summary>
    private static ByteText Nothing(ByteText root, MountEntry entry)
    {
        Result<FileFacts> facts = Paths.Stat(root.Length > 1 ? Paths.Join(root, entry.Path.Span) : entry.Path);
        if (facts.Failed && entry.IgnoreMissing) { return default; }
        ReadOnlySpan<byte> name = facts.Failed || facts.Value.IsDirectory ? "/run/systemd/inaccessible/dir"u8
            : facts.Value.IsCharDevice ? "/run/systemd/inaccessible/chr"u8
            : facts.Value.IsBlockDevice ? "/run/systemd/inaccessible/blk"u8
            : facts.Value.IsFifo ? "/run/systemd/inaccessible/fifo"u8
            : facts.Value.IsSocket ? "/run/systemd/inaccessible/sock"u8
            : "/run/systemd/inaccessible/reg"u8;
        if (Sys.Exists(name)) { return name; }
        // Where devices cannot be made a socket stands in for them: it cannot be opened either.
        return name.EndsWith("chr"u8) || name.EndsWith("blk"u8) ? new ByteText("/run/systemd/inaccessible/sock"u8) : name;
    }
}
