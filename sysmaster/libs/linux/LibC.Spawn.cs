using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>
/// posix_spawn(3): the only way to start a process from managed code without running any in the child. Attributes and actions are
/// opaque memory of glibc (336 and 80 bytes on x86-64 and arm64); what is built once may be used again and again.
/// </summary>
public static unsafe partial class LibC
{
    public const int SizeOfSpawnAttributes = 336;
    public const int SizeOfSpawnActions = 80;
    public const int SizeOfSigset = 128;
    public const short POSIX_SPAWN_SETSIGDEF = 0x04;
    public const short POSIX_SPAWN_SETSIGMASK = 0x08;
    public const short POSIX_SPAWN_SETSID = 0x80;

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setflags(void* attributes, short flags);

    /// <summary>The set is glibc's (128 bytes); its first eight bytes are the kernel's.</summary>
    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigmask(void* attributes, void* sigset);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigdefault(void* attributes, void* sigset);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_adddup2(void* actions, int fd, int newFd);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_addopen(void* actions, int fd, byte* path, int flags, uint mode);

    /// <summary>glibc 2.34.</summary>
    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_addclosefrom_np(void* actions, int from);
}
