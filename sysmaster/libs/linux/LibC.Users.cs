using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>struct passwd, getpwnam(3), 64-bit layout.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct passwd
{
    public byte* pw_name;
    public byte* pw_passwd;
    public uint pw_uid;
    public uint pw_gid;
    public byte* pw_gecos;
    public byte* pw_dir;
    public byte* pw_shell;
}

/// <summary>struct group, getgrnam(3), 64-bit layout.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct group
{
    public byte* gr_name;
    public byte* gr_passwd;
    public uint gr_gid;
    public byte** gr_mem;
}

/// <summary>
/// Users and groups. The lookups may ask NSS (load libraries, use sockets, block): never from the core. The set* calls are the raw
/// ones: they change the calling thread only, where glibc's would signal all threads.
/// </summary>
public static unsafe partial class LibC
{
    [LibraryImport("libc")]
    public static partial int getpwnam_r(byte* name, passwd* pwd, byte* buf, nuint buflen, passwd** result);

    [LibraryImport("libc")]
    public static partial int getpwuid_r(uint uid, passwd* pwd, byte* buf, nuint buflen, passwd** result);

    [LibraryImport("libc")]
    public static partial int getgrnam_r(byte* name, group* grp, byte* buf, nuint buflen, group** result);

    [LibraryImport("libc")]
    public static partial int getgrgid_r(uint gid, group* grp, byte* buf, nuint buflen, group** result);

    [LibraryImport("libc")]
    public static partial int getgrouplist(byte* user, uint group, uint* groups, int* ngroups);

    public static int setresuid(uint ruid, uint euid, uint suid) => (int)syscall(IsArm64 ? 147 : 117, (nint)ruid, (nint)euid, (nint)suid);

    public static int setresgid(uint rgid, uint egid, uint sgid) => (int)syscall(IsArm64 ? 149 : 119, (nint)rgid, (nint)egid, (nint)sgid);

    public static int setgroups(nuint size, uint* list) => (int)syscall(IsArm64 ? 159 : 116, (nint)size, (nint)list);

    public static int getgroups(int size, uint* list) => (int)syscall(IsArm64 ? 158 : 115, size, (nint)list);
}
