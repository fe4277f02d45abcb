using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>PrivateDevices=: a /dev with the pseudo devices only, the host's terminals, shared memory, log socket, huge pages and queues.</summary>
internal static unsafe class PrivateDev
{
    private static readonly byte[][] s_devices =
        [[.. "null"u8], [.. "zero"u8], [.. "full"u8], [.. "random"u8], [.. "urandom"u8], [.. "tty"u8]];

    private static readonly byte[][] s_links =
        [[.. "ptmx"u8], [.. "pts/ptmx"u8], [.. "fd"u8], [.. "/proc/self/fd"u8], [.. "stdin"u8], [.. "fd/0"u8], [.. "stdout"u8], [.. "fd/1"u8],
        [.. "stderr"u8], [.. "fd/2"u8], [.. "log"u8], [.. "/run/systemd/journal/dev-log"u8]];

    private static readonly byte[][] s_trees = [[.. "pts"u8], [.. "shm"u8], [.. "mqueue"u8], [.. "hugepages"u8]];

    /// <summary>What comes from the host's /dev, held before anything is covered or made read-only.</summary>
    /// <param name="dev">Where /dev lies: below the root directory, if there is one.</param>
    public static int[] Take(ByteText dev)
    {
        var held = new int[s_trees.Length + s_devices.Length];
        for (int i = 0; i < s_trees.Length; i++) { held[i] = CloneOrNone(Paths.Join(dev, s_trees[i]), true); }
        for (int i = 0; i < s_devices.Length; i++) { held[s_trees.Length + i] = CloneOrNone(Paths.Join(dev, s_devices[i]), false); }
        return held;
    }

    public static void Make(MountEntry entry, int target)
    {
        ByteText host = Paths.OfFd(target);
        ReadOnlySpan<int> trees = entry.Trees.AsSpan(0, s_trees.Length);
        ReadOnlySpan<int> devices = entry.Trees.AsSpan(s_trees.Length);

        fixed (byte* where = host.CString, type = "tmpfs\0"u8, data = "mode=0755,size=4m,nr_inodes=64k\0"u8)
        {
            if (LibC.mount(type, where, type, LibC.MS_NOSUID | LibC.MS_NOEXEC | LibC.MS_STRICTATIME, data) < 0)
            {
                Report.Fail(ExecStatus.Namespace, Errno.Last, entry.Path);
            }
        }
        Result<int> opened = MountPath.Open(default, Sys.ReadLink(host).Value);
        if (opened.Failed) { Report.Fail(ExecStatus.Namespace, opened.Error, entry.Path); }
        int fresh = opened.Value;
        _ = LibC.close(target);
        ByteText dev = Paths.OfFd(fresh);
        _ = Native.umask(0);
        for (int i = 0; i < devices.Length; i++) { PlaceDevice(dev, s_devices[i], devices[i]); }
        for (int i = 0; i < trees.Length; i++)
        {
            if (trees[i] < 0) { continue; }
            ByteText point = Paths.Join(dev, s_trees[i]);
            _ = Sys.Mkdir(point, 0x1ED);
            Attach(trees[i], point);
        }
        _ = Sys.Mkdir(Paths.Join(dev, "char"u8), 0x1ED);
        foreach (byte[] device in s_devices) { LinkByNumber(dev, device); }
        for (int i = 0; i < s_links.Length; i += 2) { _ = Sys.Symlink(new ByteText(s_links[i + 1]), Paths.Join(dev, s_links[i])); }
        entry.ReadOnly = true;
        var only = new mount_attr { attr_set = LibC.MOUNT_ATTR_RDONLY };
        byte none = 0;
        if (LibC.mount_setattr(fresh, &none, LibC.AT_EMPTY_PATH, &only) < 0)   // this mount only: pts and shm stay writable
        {
            fixed (byte* where = dev.CString)
            {
                _ = LibC.mount(null, where, null, LibC.MS_REMOUNT | LibC.MS_BIND | LibC.MS_RDONLY | LibC.MS_NOSUID | LibC.MS_NOEXEC, null);
            }
        }
        _ = LibC.close(fresh);
    }

    private static int CloneOrNone(ByteText path, bool recursive)
    {
        fixed (byte* p = path.CString)
        {
            return LibC.open_tree(LibC.AT_FDCWD, p, LibC.OPEN_TREE_CLONE | LibC.O_CLOEXEC | (recursive ? LibC.AT_RECURSIVE : 0));
        }
    }

    /// <summary>A node of our own where that is allowed, else the host's, bound.</summary>
    private static void PlaceDevice(ByteText dev, ReadOnlySpan<byte> name, int host)
    {
        if (host < 0) { return; }
        ByteText path = Paths.Join(dev, name);
        byte* x = stackalloc byte[256];   // struct statx
        byte none = 0;
        if (Native.statx(host, &none, LibC.AT_EMPTY_PATH, Native.STATX_BASIC, x) == 0)
        {
            uint major = *(uint*)(x + 128), minor = *(uint*)(x + 132);
            ulong device = ((ulong)(major & 0xfff) << 8) | (minor & 0xff) | ((ulong)(minor & ~0xffu) << 12) | ((ulong)(major & ~0xfffu) << 32);
            fixed (byte* p = path.CString)
            {
                if (Native.mknodat(LibC.AT_FDCWD, p, *(ushort*)(x + 28), device) == 0)
                {
                    _ = LibC.close(host);
                    return;
                }
            }
        }
        Errno made = Sys.WriteFile(path, default, LibC.O_WRONLY | LibC.O_CREAT, 0x1B6);
        if (made.Failed) { Report.Fail(ExecStatus.Namespace, made, path); }
        Attach(host, path);
    }

    /// <summary>/dev/char/MAJOR:MINOR, as udev has it.</summary>
    private static void LinkByNumber(ByteText dev, ReadOnlySpan<byte> name)
    {
        byte* x = stackalloc byte[256];   // struct statx
        fixed (byte* path = Paths.Join(dev, name).CString)
        {
            if (Native.statx(LibC.AT_FDCWD, path, 0, Native.STATX_BASIC, x) < 0) { return; }
        }
        ByteText number = Paths.Concat(Paths.Concat(Identity.Number(*(uint*)(x + 128)), ":"u8), Identity.Number(*(uint*)(x + 132)).Span);
        _ = Sys.Symlink(Paths.Concat(new ByteText("../"u8), name), Paths.Join(Paths.Join(dev, "char"u8), number.Span));
    }

    private static void Attach(int tree, ByteText path)
    {
        byte none = 0;
        fixed (byte* p = path.CString)
        {
            if (LibC.move_mount(tree, &none, LibC.AT_FDCWD, p, LibC.MOVE_MOUNT_F_EMPTY_PATH) < 0) { Report.Fail(ExecStatus.Namespace, Errno.Last, path); }
        }
        _ = LibC.close(tree);
    }
}
