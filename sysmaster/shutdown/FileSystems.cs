using SysMaster.Linux;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>Unmounting, last mounted first. What cannot go (the root, /usr, what holds the exit initramfs) becomes read-only.</summary>
internal static unsafe class FileSystems
{
    private const int MaxMountInfo = 64 << 20;

    private sealed record Mount(ByteText Point, ByteText Type, ByteText Options, bool ReadOnly);

    /// <returns>Whether something changed, and whether something is left that should not be.</returns>
    public static (bool Changed, bool Left) Unmount(bool lastTry)
    {
        bool changed = false, left = false;
        List<Mount> mounts = Read();
        for (int i = mounts.Count - 1; i >= 0; i--)
        {
            Mount m = mounts[i];
            if (!m.ReadOnly && !IsNetwork(m.Type.Span) && !IsApi(m.Type.Span)) { changed |= Remount(m); }
            if (StaysMounted(m.Point.Span)) { continue; }
            Log.Say(Log.Info, "Unmounting '"u8, m.Point.Span, "'."u8);
            Errno e = Bounded.Run(() => Umount(m.Point));
            if (e.Failed)
            {
                left = true;
                if (lastTry) { Log.Fail(Log.Error, "Failed to unmount "u8, m.Point.Span, e); }
            }
            else { changed = true; }
        }
        return (changed, left);
    }

    private static Errno Umount(ByteText point)
    {
        fixed (byte* p = point.CString) { return Errno.FromResult(LibC.umount2(p, LibC.MNT_FORCE)); }
    }

    private static bool Remount(Mount m)
    {
        Log.Say(Log.Info, "Remounting '"u8, Folder.Join(m.Point.Span, "' read-only with options '"u8, m.Options.Span).Span, "'."u8);
        Errno e = Bounded.Run(() =>
        {
            fixed (byte* p = m.Point.CString, o = m.Options.CString)
            {
                return Errno.FromResult(LibC.mount(null, p, null, LibC.MS_REMOUNT | LibC.MS_RDONLY, o));
            }
        });
        return !e.Failed;
    }

    private static List<Mount> Read()
    {
        var mounts = new List<Mount>();
        Result<byte[]> file = Sys.ReadFile((ByteText)"/proc/self/mountinfo", MaxMountInfo);
        if (file.Failed) { return mounts; }
        ReadOnlySpan<byte> text = file.Value;
        while (MountInfoLine.Next(ref text, out MountInfoLine line))
        {
            ByteText point = MountInfoLine.Unescape(line.MountPoint);
            if (IsBelow(point.Span, "/dev"u8) || IsBelow(point.Span, "/sys"u8) || IsBelow(point.Span, "/proc"u8)) { continue; }
            if (point.Span.SequenceEqual("/run"u8) || point.Span.SequenceEqual("/run/lock"u8)) { continue; }
            mounts.Add(new Mount(point, line.Type, WithoutMode(line.SuperOptions), IsReadOnly(line.Options, line.SuperOptions)));
        }
        return mounts;
    }

    /// <summary>Options as remount wants them: the mode is said by a flag.</summary>
    private static ByteText WithoutMode(ReadOnlySpan<byte> options)
    {
        ByteText kept = default;
        foreach (Range range in options.Split((byte)','))
        {
            ReadOnlySpan<byte> option = options[range];
            if (option.SequenceEqual("rw"u8) || option.SequenceEqual("ro"u8)) { continue; }
            kept = kept.IsEmpty ? option : Folder.Join(kept.Span, ","u8, option);
        }
        return kept;
    }

    private static bool IsReadOnly(ReadOnlySpan<byte> options, ReadOnlySpan<byte> superOptions) =>
        Has(options, "ro"u8) && Has(superOptions, "ro"u8);

    private static bool Has(ReadOnlySpan<byte> options, ReadOnlySpan<byte> wanted)
    {
        foreach (Range range in options.Split((byte)',')) { if (options[range].SequenceEqual(wanted)) { return true; } }
        return false;
    }

    private static bool IsBelow(ReadOnlySpan<byte> path, ReadOnlySpan<byte> directory) =>
        path.StartsWith(directory) && (path.Length == directory.Length || path[directory.Length] == (byte)'/');

    private static bool StaysMounted(ReadOnlySpan<byte> point) =>
        point.SequenceEqual("/"u8) || point.SequenceEqual("/usr"u8) || IsBelow(point, "/run/initramfs"u8);

    /// <summary>A remount may wait for a server that is not there any more.</summary>
    private static bool IsNetwork(ReadOnlySpan<byte> type) =>
        type.StartsWith("nfs"u8) || type.StartsWith("fuse"u8) || Is(type, "cifs smb3 smbfs sshfs ncpfs ncp gfs gfs2 glusterfs pvfs2 ocfs2 lustre davfs ceph afs 9p"u8);

    /// <summary>Nothing on a disk; some refuse a remount, none needs one.</summary>
    private static bool IsApi(ReadOnlySpan<byte> type) => Is(type,
        "tmpfs ramfs proc sysfs devtmpfs devpts cgroup cgroup2 mqueue hugetlbfs debugfs tracefs securityfs configfs pstore bpf autofs efivarfs binfmt_misc fusectl overlay squashfs erofs iso9660 rpc_pipefs nsfs"u8);

    private static bool Is(ReadOnlySpan<byte> type, ReadOnlySpan<byte> list)
    {
        foreach (Range word in list.Split((byte)' ')) { if (list[word].SequenceEqual(type)) { return true; } }
        return false;
    }
}
