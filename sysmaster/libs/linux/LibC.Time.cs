using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>Calendar time and time zones of the C library. TZ is the process's environment: one thread only.</summary>
public static unsafe partial class LibC
{
    /// <summary>struct tm with glibc's two more fields; the same on every 64-bit architecture.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct tm
    {
        public int tm_sec;
        public int tm_min;
        public int tm_hour;
        public int tm_mday;
        public int tm_mon;
        public int tm_year;
        public int tm_wday;
        public int tm_yday;
        public int tm_isdst;
        private int _pad;
        public nint tm_gmtoff;
        public byte* tm_zone;
    }

    [LibraryImport("libc")]
    public static partial tm* localtime_r(long* timep, tm* result);

    [LibraryImport("libc")]
    public static partial tm* gmtime_r(long* timep, tm* result);

    [LibraryImport("libc", SetLastError = true)]
    public static partial long mktime(tm* tm);

    [LibraryImport("libc", SetLastError = true)]
    public static partial long timegm(tm* tm);

    [LibraryImport("libc")]
    public static partial void tzset();

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setenv(byte* name, byte* value, int overwrite);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int unsetenv(byte* name);

    [LibraryImport("libc")]
    public static partial byte* getenv(byte* name);
}
