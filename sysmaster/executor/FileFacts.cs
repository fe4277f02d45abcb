namespace SysMaster.Executor;

/// <summary>What statx(2) says of a file. The device number is encoded as st_dev.</summary>
internal readonly record struct FileFacts(uint Mode, uint Uid, uint Gid, ulong Device, ulong Inode, ulong Size)
{
    private const uint TypeMask = 0xF000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    public bool IsLink => (Mode & TypeMask) == 0xA000;

    public bool IsCharDevice => (Mode & TypeMask) == 0x2000;

    public bool IsBlockDevice => (Mode & TypeMask) == 0x6000;

    public bool IsFifo => (Mode & TypeMask) == 0x1000;

    public bool IsSocket => (Mode & TypeMask) == 0xC000;

    public uint Permissions => Mode & 0xFFF;
}
