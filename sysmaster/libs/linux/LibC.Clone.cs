using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>struct clone_args of clone3(2), the 88 bytes of Linux 5.7.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct clone_args
{
    public ulong flags;
    public ulong pidfd;
    public ulong child_tid;
    public ulong parent_tid;
    public ulong exit_signal;
    public ulong stack;
    public ulong stack_size;
    public ulong tls;
    public ulong set_tid;
    public ulong set_tid_size;
    public ulong cgroup;
}

/// <summary>Making processes: clone3(2).</summary>
public static unsafe partial class LibC
{
    public const ulong CLONE_PARENT = 0x8000;
    public const ulong CLONE_INTO_CGROUP = 0x200000000;

    /// <summary>Without CLONE_VM the child goes on in a copy of this process; the caller must be its only thread.</summary>
    public static int clone3(clone_args* args) => (int)syscall(SYS_clone3, (nint)args, sizeof(clone_args));
}
