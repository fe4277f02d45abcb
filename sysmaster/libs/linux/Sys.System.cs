using System.Text;

namespace SysMaster.Linux;

/// <summary>The machine as a whole.</summary>
public static unsafe partial class Sys
{
    private static readonly int s_statfs = LibC.IsArm64 ? 43 : 137;
    private static readonly int s_getaffinity = LibC.IsArm64 ? 123 : 204;
    private static readonly int s_mknodat = LibC.IsArm64 ? 33 : 259;
    private static readonly int s_prlimit = LibC.IsArm64 ? 261 : 302;
    private const int StatfsSize = 120;
    private const int StatfsFlagsOffset = 80;

    /// <summary>uname(2).</summary>
    /// <param name="field">0 system, 1 node name, 2 release, 3 version, 4 machine.</param>
    public static string Uname(int field)
    {
        byte* buffer = stackalloc byte[LibC.UtsFieldSize * 6];
        if (LibC.uname(buffer) < 0) { return ""; }
        var text = new ReadOnlySpan<byte>(buffer + (field * LibC.UtsFieldSize), LibC.UtsFieldSize);
        return Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);
    }

    public static Errno SetHostname(ReadOnlySpan<byte> name)
    {
        fixed (byte* p = name) { return Errno.FromResult(LibC.sethostname(p, (nuint)name.Length)); }
    }

    /// <summary>fnmatch(3): shell patterns.</summary>
    public static bool Matches(ByteText pattern, ByteText text, int flags = 0)
    {
        fixed (byte* p = pattern.CString, t = text.CString) { return LibC.fnmatch(p, t, flags) == 0; }
    }

    /// <summary>True when at least one path matches; braces expand.</summary>
    public static Result<bool> GlobMatchesAny(ByteText pattern)
    {
        byte* result = stackalloc byte[72];
        new Span<byte>(result, 72).Clear();
        fixed (byte* p = pattern.CString)
        {
            int r = LibC.glob(p, LibC.GLOB_NOSORT | LibC.GLOB_BRACE, 0, result);
            bool any = r == 0 && *(ulong*)result > 0;
            LibC.globfree(result);
            return r is 0 or LibC.GLOB_NOMATCH ? any : Errno.EIO;
        }
    }

    /// <summary>Is the file system that holds the path read-only? statfs(2), f_flags.</summary>
    public static Result<bool> IsReadOnlyFileSystem(ByteText path)
    {
        byte* buffer = stackalloc byte[StatfsSize];
        fixed (byte* p = path.CString)
        {
            if (LibC.syscall(s_statfs, (nint)p, (nint)buffer) < 0) { return Errno.Last; }
            if ((*(long*)(buffer + StatfsFlagsOffset) & 1) != 0) { return true; }
            // An overlay or network file system may be read-only and not say so.
            return LibC.faccessat(LibC.AT_FDCWD, p, 2, 0) < 0 && Errno.Last == Errno.EROFS;
        }
    }

    /// <summary>CPUs this process may run on. sched_getaffinity(2).</summary>
    public static int CpusAllowed()
    {
        byte* mask = stackalloc byte[1024];
        nint n = LibC.syscall(s_getaffinity, 0, 1024, (nint)mask);
        int count = 0;
        for (nint i = 0; i < n; i++) { count += System.Numerics.BitOperations.PopCount(mask[i]); }
        return count;
    }

    /// <summary>sched_setaffinity(2) of this thread: CPU n is bit n % 8 of byte n / 8.</summary>
    public static Errno SetAffinity(ReadOnlySpan<byte> cpus)
    {
        fixed (byte* mask = cpus) { return Errno.FromResult(LibC.syscall(LibC.IsArm64 ? 122 : 203, 0, cpus.Length, (nint)mask)); }
    }

    /// <summary>mknod(2): a device node, FIFO or socket inode. The mode has the type in it.</summary>
    public static Errno MakeNode(ByteText path, uint mode, uint major = 0, uint minor = 0)
    {
        ulong device = ((ulong)(minor & 0xFF)) | ((ulong)(major & 0xFFF) << 8) | ((ulong)(minor & ~0xFFu) << 12);
        fixed (byte* p = path.CString) { return Errno.FromResult(LibC.syscall(s_mknodat, LibC.AT_FDCWD, (nint)p, (nint)mode, (nint)device)); }
    }

    /// <summary>prlimit64(2) on ourselves. The numbers of the resources are RLIMIT_* of asm-generic/resource.h; ulong.MaxValue is no limit.</summary>
    public static Result<(ulong Soft, ulong Hard)> GetResourceLimit(int resource)
    {
        ulong* old = stackalloc ulong[2];
        return LibC.syscall(s_prlimit, 0, resource, 0, (nint)old) < 0 ? Errno.Last : (old[0], old[1]);
    }

    public static Errno SetResourceLimit(int resource, ulong soft, ulong hard)
    {
        ulong* value = stackalloc ulong[2];
        value[0] = soft;
        value[1] = hard;
        return Errno.FromResult(LibC.syscall(s_prlimit, 0, resource, (nint)value, 0));
    }

    /// <summary>Random bytes of the kernel. EAGAIN when its pool is not ready yet and waiting is not wanted.</summary>
    public static Errno Random(Span<byte> buffer, bool wait)
    {
        fixed (byte* p = buffer)
        {
            nint n;
            do { n = LibC.getrandom(p, (nuint)buffer.Length, wait ? 0 : LibC.GRND_NONBLOCK); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            return n == buffer.Length ? Errno.None : n < 0 ? Errno.Last : Errno.EIO;
        }
    }

    /// <summary>Interface flags up: how "lo" gets its addresses. SIOCSIFFLAGS.</summary>
    public static Errno SetInterfaceUp(ReadOnlySpan<byte> name)
    {
        int fd = LibC.socket(LibC.AF_INET, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        if (fd < 0) { return Errno.Last; }
        using var socket = new OwnedFd(fd);
        byte* request = stackalloc byte[40];   // struct ifreq: name of 16 bytes, then a union; flags are a short
        new Span<byte>(request, 40).Clear();
        name[..Math.Min(name.Length, 15)].CopyTo(new Span<byte>(request, 16));
        if (LibC.ioctl(fd, LibC.SIOCGIFFLAGS, (nint)request) < 0) { return Errno.Last; }
        if ((*(short*)(request + 16) & LibC.IFF_UP) != 0) { return Errno.None; }
        *(short*)(request + 16) |= LibC.IFF_UP;
        return Errno.FromResult(LibC.ioctl(fd, LibC.SIOCSIFFLAGS, (nint)request));
    }
}
