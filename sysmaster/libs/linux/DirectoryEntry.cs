namespace SysMaster.Linux;

/// <summary>One name in a directory; the bytes are the reader's and hold until it moves on.</summary>
public readonly ref struct DirectoryEntry(ReadOnlySpan<byte> name, byte type, ulong inode)
{
    /// <summary>Never "." or "..".</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>DT_REG, DT_DIR, …; DT_UNKNOWN where the file system does not say (then stat).</summary>
    public byte Type { get; } = type;

    public ulong Inode { get; } = inode;

    public bool IsDirectory => Type == LibC.DT_DIR;

    public bool IsRegular => Type == LibC.DT_REG;

    public bool IsLink => Type == LibC.DT_LNK;
}
