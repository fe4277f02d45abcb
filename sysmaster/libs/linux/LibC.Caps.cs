using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>struct __user_cap_header_struct, capset(2).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct cap_user_header
{
    public uint version;
    public int pid;
}

/// <summary>struct __user_cap_data_struct; two of them with version 3, low word first.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct cap_user_data
{
    public uint effective;
    public uint permitted;
    public uint inheritable;
}

/// <summary>Capabilities, securebits and the other per-process switches of prctl(2).</summary>
public static unsafe partial class LibC
{
    public const uint LINUX_CAPABILITY_VERSION_3 = 0x20080522;
    public const int CAP_CHOWN = 0;
    public const int CAP_SETGID = 6;
    public const int CAP_SETUID = 7;
    public const int CAP_SETPCAP = 8;
    public const int CAP_NET_ADMIN = 12;
    public const int CAP_SYS_MODULE = 16;
    public const int CAP_SYS_RAWIO = 17;
    public const int CAP_SYS_ADMIN = 21;
    public const int CAP_SYS_TIME = 25;
    public const int CAP_MKNOD = 27;
    public const int CAP_SYSLOG = 34;
    public const int CAP_WAKE_ALARM = 35;
    public const int CAP_LAST = 63;
    public const int PR_SET_PDEATHSIG = 1;
    public const int PR_SET_KEEPCAPS = 8;
    public const int PR_SET_NAME = 15;
    public const int PR_SET_SECCOMP = 22;
    public const int PR_CAPBSET_READ = 23;
    public const int PR_CAPBSET_DROP = 24;
    public const int PR_GET_SECUREBITS = 27;
    public const int PR_SET_SECUREBITS = 28;
    public const int PR_SET_THP_DISABLE = 41;
    public const int PR_SET_TIMERSLACK = 29;
    public const int PR_SET_CHILD_SUBREAPER = 36;
    public const int PR_SET_NO_NEW_PRIVS = 38;
    public const int PR_CAP_AMBIENT = 47;
    public const int PR_CAP_AMBIENT_RAISE = 2;
    public const int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    public const int SECURE_KEEP_CAPS = 1 << 4;

    public static int capget(cap_user_header* header, cap_user_data* data) => (int)syscall(IsArm64 ? 90 : 125, (nint)header, (nint)data);

    public static int capset(cap_user_header* header, cap_user_data* data) => (int)syscall(IsArm64 ? 91 : 126, (nint)header, (nint)data);
}
