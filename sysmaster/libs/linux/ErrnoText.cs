using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>strerror(3) in the C locale.</summary>
internal static unsafe partial class ErrnoText
{
    [LibraryImport("libc", EntryPoint = "strerror")]
    private static partial byte* Strerror(int errnum);

    public static string Of(int errno) => Marshal.PtrToStringUTF8((nint)Strerror(errno)) ?? $"Unknown error {errno}";
}
