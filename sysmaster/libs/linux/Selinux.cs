using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>
/// The calls of libselinux.so.1 that are needed, found by name when they are first used: no program of ours depends on the library, and where
/// the kernel has no policy it is never opened. selinux(8).
/// </summary>
public static unsafe class Selinux
{
    private const uint SELINUX_RESTORECON_RECURSE = 8;
    private static nint s_library;
    private static bool s_tried;
    private static bool? s_enabled;

    /// <summary>The kernel has a policy: /sys/fs/selinux is only mounted then, by whoever loaded it.</summary>
    public static bool IsEnabled => s_enabled ??= Sys.Exists("/sys/fs/selinux/enforce"u8) && HasPolicy();

    /// <summary>The installed library can be used.</summary>
    public static bool HasLibrary => Library != 0;

    private static nint Library
    {
        get
        {
            if (s_tried) { return s_library; }
            s_tried = true;
            fixed (byte* name = "libselinux.so.1\0"u8) { s_library = LibC.dlopen(name, LibC.RTLD_NOW); }
            return s_library;
        }
    }

    /// <summary>Loads the policy of /etc/selinux/config and sets enforcing mode as it and the kernel command line say.</summary>
    /// <param name="enforcing">Enforcing was asked for: a failure must then end the boot.</param>
    public static Errno LoadPolicy(out bool enforcing)
    {
        enforcing = false;
        s_enabled = null;
        var load = (delegate* unmanaged<int*, int>)Find("selinux_init_load_policy\0"u8);
        if (load == null) { return Errno.ENOSYS; }
        int enforce = 0;
        int failed = load(&enforce);
        enforcing = enforce > 0;
        return failed == 0 ? Errno.None : Errno.EINVAL;
    }

    /// <summary>The context that executing a file from ours leads to, as the policy has it; empty when it says nothing.</summary>
    public static ByteText DomainOf(ByteText program)
    {
        var current = (delegate* unmanaged<byte**, int>)Find("getcon_raw\0"u8);
        var ofFile = (delegate* unmanaged<byte*, byte**, int>)Find("getfilecon_raw\0"u8);
        var compute = (delegate* unmanaged<byte*, byte*, ushort, byte**, int>)Find("security_compute_create_raw\0"u8);
        var number = (delegate* unmanaged<byte*, ushort>)Find("string_to_security_class\0"u8);
        var free = (delegate* unmanaged<byte*, void>)Find("freecon\0"u8);
        if (current == null || ofFile == null || compute == null || number == null || free == null) { return default; }
        byte* mine = null, file = null, domain = null;
        ByteText result = default;
        fixed (byte* path = program.CString, process = "process\0"u8)
        {
            bool known = current(&mine) >= 0 && ofFile(path, &file) >= 0 && compute(mine, file, number(process), &domain) >= 0;
            if (known) { result = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(domain); }
        }
        foreach (nint text in (ReadOnlySpan<nint>)[(nint)mine, (nint)file, (nint)domain])
        {
            if (text != 0) { free((byte*)text); }
        }
        return result;
    }

    /// <summary>The label that the policy has for this path, whatever the file was born with. Nothing where there is no policy.</summary>
    public static Errno Restore(ByteText path, bool recurse = false)
    {
        if (!IsEnabled) { return Errno.None; }
        var restore = (delegate* unmanaged<byte*, uint, int>)Find("selinux_restorecon\0"u8);
        if (restore == null) { return Errno.ENOSYS; }
        fixed (byte* p = path.CString) { return restore(p, recurse ? SELINUX_RESTORECON_RECURSE : 0) == 0 ? Errno.None : Errno.Last; }
    }

    /// <summary>
    /// The label of the sockets that this thread makes from now on, as setsockcreatecon(3); a line feed alone: what the policy has for them. Allocates
    /// nothing.
    /// </summary>
    public static void LabelSockets(ReadOnlySpan<byte> label)
    {
        fixed (byte* file = "/proc/thread-self/attr/sockcreate"u8, text = label)
        {
            int fd = LibC.openat(LibC.AT_FDCWD, file, LibC.O_WRONLY | LibC.O_CLOEXEC, 0);
            if (fd < 0) { return; }
            _ = LibC.write(fd, text, (nuint)label.Length);
            _ = LibC.close(fd);
        }
    }

    private static bool HasPolicy()
    {
        Result<byte[]> context = Sys.ReadFile("/proc/self/attr/current"u8, 4096);
        return !context.Failed && !context.Value.AsSpan().TrimEnd("\0\n"u8).SequenceEqual("kernel"u8);
    }

    private static void* Find(ReadOnlySpan<byte> name)
    {
        if (Library == 0) { return null; }
        fixed (byte* n = name) { return (void*)LibC.dlsym(Library, n); }
    }
}
