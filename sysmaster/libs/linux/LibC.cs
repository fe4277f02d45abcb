using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>
/// System calls under their C names, one import each, blittable types only. Files are split by subject (LibC.Files.cs, …); constants
/// stand beside the calls that take them and are proved against the C compiler by the ABI test.
/// Calls that glibc 2.34 lacks go through <c>syscall</c>.
/// </summary>
public static unsafe partial class LibC
{
    [LibraryImport("libc", SetLastError = true)]
    public static partial nint syscall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    public static nint syscall(nint number) => syscall(number, 0, 0, 0, 0, 0, 0);

    public static nint syscall(nint number, nint a) => syscall(number, a, 0, 0, 0, 0, 0);

    public static nint syscall(nint number, nint a, nint b) => syscall(number, a, b, 0, 0, 0, 0);

    public static nint syscall(nint number, nint a, nint b, nint c) => syscall(number, a, b, c, 0, 0, 0);

    public static nint syscall(nint number, nint a, nint b, nint c, nint d) => syscall(number, a, b, c, d, 0, 0);

    public static nint syscall(nint number, nint a, nint b, nint c, nint d, nint e) => syscall(number, a, b, c, d, e, 0);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getpid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getppid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial uint getuid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial uint geteuid();

    [LibraryImport("libc")]
    public static partial uint getgid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int sig);

    /// <param name="value">union sigval: its sival_int.</param>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int sigqueue(int pid, int sig, nint value);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int prctl(int option, nint a, nint b, nint c, nint d);
}
