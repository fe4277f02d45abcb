using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>Libraries that may be absent, asked for by name: dlopen(3).</summary>
public static unsafe partial class LibC
{
    public const int RTLD_LAZY = 1;
    public const int RTLD_NOW = 2;

    [LibraryImport("libc")]
    public static partial nint dlopen(byte* file, int mode);

    [LibraryImport("libc")]
    public static partial nint dlsym(nint handle, byte* name);

    [LibraryImport("libc")]
    public static partial int dlclose(nint handle);

    [LibraryImport("libc")]
    public static partial byte* dlerror();
}
