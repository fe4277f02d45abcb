using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>struct mount_attr, mount_setattr(2).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct mount_attr
{
    public ulong attr_set;
    public ulong attr_clr;
    public ulong propagation;
    public ulong userns_fd;
}

/// <summary>The newer mount calls, numbered alike on x86-64 and arm64: open_tree(2), move_mount(2) (Linux 5.2), mount_setattr(2) (5.12).</summary>
public static unsafe partial class LibC
{
    public const int AT_RECURSIVE = 0x8000;
    public const int OPEN_TREE_CLONE = 1;
    public const int MOVE_MOUNT_F_EMPTY_PATH = 4;
    public const int MOVE_MOUNT_T_EMPTY_PATH = 0x40;
    public const ulong MOUNT_ATTR_RDONLY = 1;
    public const ulong MOUNT_ATTR_NOSUID = 2;
    public const ulong MOUNT_ATTR_NODEV = 4;
    public const ulong MOUNT_ATTR_NOEXEC = 8;

    public static int open_tree(int dirfd, byte* path, int flags) => (int)syscall(428, dirfd, (nint)path, flags);

    public static int move_mount(int fromDirfd, byte* from, int toDirfd, byte* to, int flags) =>
        (int)syscall(429, fromDirfd, (nint)from, toDirfd, (nint)to, flags);

    public static int mount_setattr(int dirfd, byte* path, int flags, mount_attr* attr) =>
        (int)syscall(442, dirfd, (nint)path, flags, (nint)attr, sizeof(mount_attr));

    public static int pivot_root(byte* newRoot, byte* putOld) => (int)syscall(IsArm64 ? 41 : 155, (nint)newRoot, (nint)putOld);
}
