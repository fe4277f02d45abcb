namespace SysMaster.Linux;

/// <summary>What statx(2) says about a file, without its pointers and padding.</summary>
public readonly struct FileStat
{
    internal FileStat(in LibC.statx_buf b)
    {
        Mode = b.stx_mode;
        Links = b.stx_nlink;
        Uid = b.stx_uid;
        Gid = b.stx_gid;
        Size = (long)b.stx_size;
        Inode = b.stx_ino;
        Device = ((ulong)b.stx_dev_major << 32) | b.stx_dev_minor;
        SpecialDevice = ((ulong)b.stx_rdev_major << 32) | b.stx_rdev_minor;
        MtimeUsec = ToUsec(b.stx_mtime);
        CtimeUsec = ToUsec(b.stx_ctime);
        MtimeNsec = (b.stx_mtime.tv_sec * 1_000_000_000) + b.stx_mtime.tv_nsec;
        MountId = (b.stx_mask & LibC.STATX_MNT_ID) != 0 ? b.stx_mnt_id : 0;
        IsMountRoot = (b.stx_attributes & LibC.STATX_ATTR_MOUNT_ROOT) != 0;
    }

    /// <summary>Type and permission bits, as st_mode.</summary>
    public uint Mode { get; }

    /// <summary>Names; of a directory on most file systems 2 and one for each directory in it (1 where nobody counts).</summary>
    public uint Links { get; }

    public uint Uid { get; }

    public uint Gid { get; }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    public ulong Inode { get; }

    /// <summary>Of the file system: major in the upper half, minor in the lower.</summary>
    public ulong Device { get; }

    /// <summary>Of a device node, halves as in <see cref="Device"/>.</summary>
    public ulong SpecialDevice { get; }

    /// <summary>CLOCK_REALTIME, microseconds; 0 or less before 1970.</summary>
    public long MtimeUsec { get; }

    public long CtimeUsec { get; }

    /// <summary>CLOCK_REALTIME, nanoseconds: for telling two versions of a directory apart.</summary>
    public long MtimeNsec { get; }

    /// <summary>0 where the kernel does not say (before Linux 5.8).</summary>
    public ulong MountId { get; }

    /// <summary>Linux 5.8: something is mounted here.</summary>
    public bool IsMountRoot { get; }

    public bool IsRegular => (Mode & LibC.S_IFMT) == LibC.S_IFREG;

    public bool IsDirectory => (Mode & LibC.S_IFMT) == LibC.S_IFDIR;

    public bool IsLink => (Mode & LibC.S_IFMT) == LibC.S_IFLNK;

    public bool IsSocket => (Mode & LibC.S_IFMT) == LibC.S_IFSOCK;

    public bool IsCharDevice => (Mode & LibC.S_IFMT) == LibC.S_IFCHR;

    public bool IsBlockDevice => (Mode & LibC.S_IFMT) == LibC.S_IFBLK;

    /// <summary>An empty regular file or a device such as /dev/null: what masks a configuration file.</summary>
    public bool IsNullOrEmpty => (IsRegular && Size == 0) || IsCharDevice || IsBlockDevice;

    public bool IsSameFile(in FileStat other) => Inode == other.Inode && Device == other.Device;

    private static long ToUsec(in LibC.statx_timestamp t) => (t.tv_sec * 1_000_000) + (t.tv_nsec / 1000);
}
