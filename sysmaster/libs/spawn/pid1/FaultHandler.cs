using SysMaster.Linux;

namespace SysMaster.Spawn.Pid1;

/// <summary>
/// A fault in PID 1 is a kernel panic. So the fault signals run a few machine instructions, on an alternate stack, that touch no managed
/// code: count the fault in the state table, execve init's own file with its own argv and environment; where that was removed under the running
/// machine, the file that is running; and if even that fails, sleep for ever. The new init finds the table and goes on. SA_NODEFER, since the
/// mask of the handler would be inherited.
/// </summary>
public static unsafe class FaultHandler
{
    private static readonly int SYS_mmap = LibC.IsArm64 ? 222 : 9;
    private static readonly int SYS_mprotect = LibC.IsArm64 ? 226 : 10;
    private static readonly int SYS_rt_sigaction = LibC.IsArm64 ? 134 : 13;
    private static readonly int SYS_sigaltstack = LibC.IsArm64 ? 132 : 131;
    private const int PageSize = 4096;
    private const int StackSize = 64 * 1024;
    private const ulong SA_ONSTACK = 0x08000000;
    private const ulong SA_NODEFER = 0x40000000;
    private const ulong SA_RESTORER = 0x04000000;   // x86-64 refuses a handler without one; ours never returns

    /// <summary>movabs rax, count; lock inc dword [rax]; movabs rdi, rsi, rdx; mov eax, execve; syscall; movabs rdi; mov eax, execve; syscall; again: mov eax, pause; syscall; jmp again</summary>
    private static ReadOnlySpan<byte> X64 =>
    [
        0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0xff, 0x00, 0x48, 0xbf, 0, 0, 0, 0, 0, 0, 0, 0,
        0x48, 0xbe, 0, 0, 0, 0, 0, 0, 0, 0, 0x48, 0xba, 0, 0, 0, 0, 0, 0, 0, 0,
        0xb8, 0x3b, 0, 0, 0, 0x0f, 0x05, 0x48, 0xbf, 0, 0, 0, 0, 0, 0, 0, 0, 0xb8, 0x3b, 0, 0, 0, 0x0f, 0x05,
        0xb8, 0x22, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7,
    ];

    /// <summary>ldr x9, count; increment [x9]; ldr x0, x1, x2; execve; ldr x0; execve; again: ppoll(0, 0, 0, 0, 0); b again; five literals from 0x50 on.</summary>
    private static ReadOnlySpan<uint> Arm64 =>
    [
        0x58000289, 0xb940012a, 0x1100054a, 0xb900012a, 0x58000240, 0x58000261, 0x58000282, 0xd2801ba8, 0xd4000001, 0x58000260, 0xd4000001,
        0xd2800000, 0xd2800001, 0xd2800002, 0xd2800003, 0xd2800004, 0xd2800928, 0xd4000001, 0x17fffff9, 0xd503201f,
    ];

    private static ReadOnlySpan<int> Signals => [4, 5, 6, 7, 8, 11, 31];   // ILL TRAP ABRT BUS FPE SEGV SYS

    /// <summary>The pointers must stay valid for as long as the process lives; the count may lie in memory that outlives it.</summary>
    /// <returns>False when the kernel refuses executable memory (a security policy): then a fault is a panic, as in other inits.</returns>
    public static bool Install(int* count, byte* path, byte** argv, byte** environment)
    {
        const int readWrite = 3, readExecute = 5, privateAnonymous = 0x22;
        byte* code = (byte*)LibC.syscall(SYS_mmap, 0, PageSize + StackSize, readWrite, privateAnonymous, -1, 0);
        if ((nint)code == -1) { return false; }
        if (LibC.IsArm64) { Arm64.CopyTo(new Span<uint>(code, Arm64.Length)); }
        else { X64.CopyTo(new Span<byte>(code, X64.Length)); }
        ReadOnlySpan<int> at = LibC.IsArm64 ? [0x50, 0x58, 0x60, 0x68, 0x70] : [2, 15, 25, 35, 52];
        *(void**)(code + at[0]) = count;
        *(void**)(code + at[1]) = path;
        *(void**)(code + at[2]) = argv;
        *(void**)(code + at[3]) = environment;
        *(void**)(code + at[4]) = Words.Of("/proc/self/exe"u8).Vector[0];
        // The kernel cleans the instruction cache (arm64) when the page first becomes executable.
        if (LibC.syscall(SYS_mprotect, (nint)code, PageSize, readExecute) != 0) { return false; }
        ulong* stack = stackalloc ulong[3];   // struct sigaltstack: ss_sp, ss_flags, ss_size
        stack[0] = (ulong)(code + PageSize);
        stack[1] = 0;
        stack[2] = StackSize;
        if (LibC.syscall(SYS_sigaltstack, (nint)stack, 0) != 0) { return false; }
        ulong* action = stackalloc ulong[4];   // the kernel's struct sigaction: handler, flags, restorer, mask
        action[0] = (ulong)code;
        action[1] = SA_ONSTACK | SA_NODEFER | (LibC.IsArm64 ? 0 : SA_RESTORER);
        action[2] = (ulong)code;
        action[3] = 0;
        bool done = true;
        foreach (int signal in Signals)
        {
            done &= LibC.syscall(SYS_rt_sigaction, signal, (nint)action, 0, sizeof(ulong)) == 0;
        }
        return done;
    }
}
