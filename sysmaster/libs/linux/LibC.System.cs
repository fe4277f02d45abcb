using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>The machine as a whole: names, memory, the clock's zone, shell patterns.</summary>
public static unsafe partial class LibC
{
    public const int FNM_CASEFOLD = 16;
    public const int FNM_EXTMATCH = 32;
    public const int GLOB_NOSORT = 4;
    public const int GLOB_BRACE = 0x400;
    public const int GLOB_NOMATCH = 3;
    public const uint GRND_NONBLOCK = 1;
    public const int SIOCGIFFLAGS = 0x8913;
    public const int SIOCSIFFLAGS = 0x8914;
    public const short IFF_UP = 1;

    /// <summary>Each field of struct utsname: 65 bytes with its NUL; six of them.</summary>
    public const int UtsFieldSize = 65;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int uname(byte* buffer);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int sethostname(byte* name, nuint length);

    [LibraryImport("libc")]
    public static partial int fnmatch(byte* pattern, byte* text, int flags);

    /// <summary>The result is a glob_t: 72 bytes, the count first, then the vector.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int glob(byte* pattern, int flags, nint errorFunction, byte* result);

    [LibraryImport("libc")]
    public static partial void globfree(byte* result);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint getrandom(byte* buffer, nuint length, uint flags);

    /// <param name="tv">Seconds and microseconds, or null.</param>
    /// <param name="tz">Minutes west of Greenwich and a dead field, two ints, or null.</param>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int settimeofday(long* tv, int* tz);
}
