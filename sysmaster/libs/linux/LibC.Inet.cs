using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>Internet addresses as text: inet_pton(3), inet_ntop(3).</summary>
public static unsafe partial class LibC
{
    [LibraryImport("libc", SetLastError = true)]
    public static partial int inet_pton(int af, byte* src, byte* dst);

    [LibraryImport("libc", SetLastError = true)]
    public static partial byte* inet_ntop(int af, byte* src, byte* dst, uint size);
}
