using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>libc's broken-down time, in UTC or the process's zone, and the zone of the moment. Where a setting names a zone, TZ is set for as long as it takes.</summary>
public static unsafe class LocalTime
{
    /// <summary>Years a calendar expression may name. man 7 systemd.time.</summary>
    public const int MinYear = 1970;
    public const int MaxYear = 2199;

    public static bool TryBreak(long seconds, bool utc, out LibC.tm tm)
    {
        LibC.tm result = default;
        bool done = utc ? LibC.gmtime_r(&seconds, &result) != null : LibC.localtime_r(&seconds, &result) != null;
        tm = result;
        return done;
    }

    /// <summary>Seconds since 1970, and the fields brought into their ranges; false before 1970 (-1 is libc's error as well).</summary>
    public static bool TryMake(ref LibC.tm tm, bool utc, out long seconds)
    {
        fixed (LibC.tm* p = &tm) { seconds = utc ? LibC.timegm(p) : LibC.mktime(p); }
        return seconds != -1;
    }

    /// <summary>What the zone of the process is called without and with daylight saving time: "CET", "CEST". Empty where it has none.</summary>
    public static string ZoneName(int dst)
    {
        LibC.tzset();
        // tzname[] is data of libc, which LibraryImport cannot reach: look at dates of this year until one has the flag.
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        for (int month = 0; month < 12; month++)
        {
            if (TryBreak(now + (month * 2629800L), utc: false, out LibC.tm tm) && tm.tm_isdst == dst && tm.tm_zone != null)
            {
                return Marshal.PtrToStringUTF8((nint)tm.tm_zone) ?? "";
            }
        }
        return "";
    }

    /// <summary>Is there such a zone in the machine's database? "UTC" always is.</summary>
    public static bool IsZone(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("UTC"u8)) { return true; }
        if (name.IsEmpty || name[0] == (byte)'/' || name[^1] == (byte)'/' || name.IndexOf("//"u8) >= 0) { return false; }
        foreach (byte c in name)
        {
            if (!Ascii.IsLetter(c) && !Ascii.IsDigit(c) && c is not ((byte)'-' or (byte)'_' or (byte)'+' or (byte)'/')) { return false; }
        }
        var path = new ByteBuilder(stackalloc byte[256]);
        path.Append("/usr/share/zoneinfo/"u8);
        path.Append(name);
        ByteText file = path.ToByteText();
        path.Dispose();
        Span<byte> magic = stackalloc byte[4];
        Result<OwnedFd> open = Sys.Open(file, LibC.O_RDONLY | LibC.O_NOCTTY | LibC.O_NONBLOCK);
        if (open.Failed) { return false; }
        using OwnedFd fd = open.Value;
        Result<int> n = Sys.Read(fd.Fd, magic);
        return !n.Failed && n.Value == 4 && magic.SequenceEqual("TZif"u8);
    }

    /// <summary>Sets TZ until disposed; null changes nothing.</summary>
    public ref struct ZoneScope : IDisposable
    {
        private readonly bool _set;
        private readonly ByteText _old;
        private readonly bool _had;

        public ZoneScope(string? zone)
        {
            if (zone is null) { return; }
            fixed (byte* name = "TZ\0"u8)
            fixed (byte* value = new ByteText(":" + zone).CString)
            {
                byte* old = LibC.getenv(name);
                _had = old != null;
                _old = _had ? new ByteText(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(old)) : default;
                _ = LibC.setenv(name, value, 1);
            }
            LibC.tzset();
            _set = true;
        }

        public readonly void Dispose()
        {
            if (!_set) { return; }
            fixed (byte* name = "TZ\0"u8)
            fixed (byte* value = _old.CString)
            {
                _ = _had ? LibC.setenv(name, value, 1) : LibC.unsetenv(name);
            }
            LibC.tzset();
        }
    }
}
