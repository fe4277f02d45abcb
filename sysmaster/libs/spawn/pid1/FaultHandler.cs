using System.Buffers.Text;
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
    private const int Private = 2, PrivateAnonymous = 0x22, ReadWrite = 3, ReadExecute = 5;
    private const int PageSize = 4096;
    private const int RegionSize = 128 * 1024;   // aligned to its size: a page of pointers, then the stack, so that the stack pointer tells where they are
    private const ulong SA_ONSTACK = 0x08000000;
    private const ulong SA_NODEFER = 0x40000000;
    private const ulong SA_RESTORER = 0x04000000;   // x86-64 refuses a handler without one; ours never returns

    /// <summary>
    /// rax = rsp &amp; -RegionSize; ++*(int*)rax[0]; execve(rax[1], rax[2], rax[3]); execve(rbx[4], …); again: pause(); goto again
    /// </summary>
    private static ReadOnlySpan<byte> X64 =>
    [
        0x48, 0x89, 0xe0, 0x48, 0x25, 0x00, 0x00, 0xfe, 0xff, 0x48, 0x89, 0xc3, 0x48, 0x8b, 0x08, 0xf0, 0xff, 0x01,
        0x48, 0x8b, 0x78, 0x08, 0x48, 0x8b, 0x70, 0x10, 0x48, 0x8b, 0x50, 0x18, 0xb8, 0x3b, 0, 0, 0, 0x0f, 0x05,
        0x48, 0x8b, 0x7b, 0x20, 0xb8, 0x3b, 0, 0, 0, 0x0f, 0x05, 0xb8, 0x22, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7,
    ];

    /// <summary>The same: x9 = sp &amp; -RegionSize, the count, both execve, and ppoll(0, 0, 0, 0, 0) for ever.</summary>
    private static ReadOnlySpan<byte> Arm64 =>
    [
        0xe9, 0x03, 0x00, 0x91, 0x29, 0xb9, 0x6f, 0x92, 0x2a, 0x01, 0x40, 0xf9, 0x4b, 0x01, 0x40, 0xb9, 0x6b, 0x05, 0x00, 0x11, 0x4b, 0x01, 0x00, 0xb9,
        0x20, 0x05, 0x40, 0xf9, 0x21, 0x09, 0x40, 0xf9, 0x22, 0x0d, 0x40, 0xf9, 0xa8, 0x1b, 0x80, 0xd2, 0x01, 0x00, 0x00, 0xd4,
        0x20, 0x11, 0x40, 0xf9, 0x01, 0x00, 0x00, 0xd4,
        0x00, 0x00, 0x80, 0xd2, 0x01, 0x00, 0x80, 0xd2, 0x02, 0x00, 0x80, 0xd2, 0x03, 0x00, 0x80, 0xd2, 0x04, 0x00, 0x80, 0xd2,
        0x28, 0x09, 0x80, 0xd2, 0x01, 0x00, 0x00, 0xd4, 0xf9, 0xff, 0xff, 0x17,
    ];

    private static ReadOnlySpan<int> Signals => [4, 5, 6, 7, 8, 11, 31];   // ILL TRAP ABRT BUS FPE SEGV SYS

    /// <summary>The pointers must stay valid for as long as the process lives; the count may lie in memory that outlives it.</summary>
    /// <returns>False when the kernel refuses executable memory (a security policy): then a fault is a panic, as in other inits.</returns>
    public static bool Install(int* count, byte* path, byte** argv, byte** environment)
    {
        byte* code = FromOwnFile(LibC.IsArm64 ? Arm64 : X64);
        if (code == null) { code = Written(LibC.IsArm64 ? Arm64 : X64); }
        nint region = LibC.syscall(SYS_mmap, 0, 2 * RegionSize, ReadWrite, PrivateAnonymous, -1, 0);
        if (code == null || region == -1) { return false; }
        void** pointers = (void**)((region + RegionSize - 1) & -RegionSize);
        pointers[0] = count;
        pointers[1] = path;
        pointers[2] = argv;
        pointers[3] = environment;
        pointers[4] = Words.Of("/proc/self/exe"u8).Vector[0];
        ulong* stack = stackalloc ulong[3];   // struct sigaltstack: ss_sp, ss_flags, ss_size
        stack[0] = (ulong)pointers + PageSize;
        stack[1] = 0;
        stack[2] = RegionSize - PageSize;
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

    /// <summary>
    /// The instructions lie among the constants of our own file, and that, mapped once more, may be executed also where a security policy refuses
    /// what a process has written itself (SELinux: execmem).
    /// </summary>
    /// <returns>Null when they are not found there.</returns>
    private static byte* FromOwnFile(ReadOnlySpan<byte> code)
    {
        Result<OwnedFd> open = Sys.Open(new ByteText("/proc/self/exe"u8), LibC.O_RDONLY);
        if (open.Failed) { return null; }
        using OwnedFd file = open.Value;
        long at;
        fixed (byte* constant = code) { at = FileOffset((ulong)constant); }
        if (at < 0 || Sys.Stat(file.Fd) is not { Failed: false } stat || at + code.Length > stat.Value.Size) { return null; }
        long page = at & -PageSize;
        nint mapped = LibC.syscall(SYS_mmap, 0, 2 * PageSize, ReadExecute, Private, file.Value, (nint)page);
        if (mapped == -1) { return null; }
        byte* found = (byte*)mapped + (at - page);
        return new ReadOnlySpan<byte>(found, code.Length).SequenceEqual(code) ? found : null;
    }

    /// <summary>Where in the file that is mapped there an address lies; proc_pid_maps(5): `start-end rights offset device inode path`.</summary>
    /// <returns>-1: in no file.</returns>
    private static long FileOffset(ulong address)
    {
        Result<byte[]> maps = Sys.ReadFile("/proc/self/maps"u8, 1 << 20);
        if (maps.Failed) { return -1; }
        ReadOnlySpan<byte> text = maps.Value;
        foreach (Range line in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> rest = text[line];
            int used;
            if (!Utf8Parser.TryParse(rest, out ulong start, out used, 'x') || !Utf8Parser.TryParse(rest[(used + 1)..], out ulong end, out int more, 'x')) { continue; }
            if (address < start || address >= end) { continue; }
            rest = rest[(used + 1 + more + " rwxp ".Length)..];
            return Utf8Parser.TryParse(rest, out long offset, out used, 'x') && rest.Contains((byte)'/') ? offset + (long)(address - start) : -1;
        }

        return -1;
    }

    /// <returns>Null when the kernel refuses memory that was written and may be executed.</returns>
    private static byte* Written(ReadOnlySpan<byte> code)
    {
        nint page = LibC.syscall(SYS_mmap, 0, PageSize, ReadWrite, PrivateAnonymous, -1, 0);
        if (page == -1) { return null; }
        code.CopyTo(new Span<byte>((byte*)page, code.Length));
        // The kernel cleans the instruction cache (arm64) when the page first becomes executable.
        return LibC.syscall(SYS_mprotect, page, PageSize, ReadExecute) == 0 ? (byte*)page : null;
    }
}
