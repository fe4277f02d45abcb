using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Shutdown;

/// <summary>The names in a directory, as bytes.</summary>
internal static unsafe class Folder
{
    private const int NameOffset = 19;   // struct linux_dirent64
    private static readonly int SYS_getdents64 = LibC.IsArm64 ? 61 : 217;

    /// <returns>Nothing for a directory that cannot be read.</returns>
    public static List<ByteText> Names(ByteText path)
    {
        Result<OwnedFd> open = Sys.Open(path, LibC.O_RDONLY | LibC.O_DIRECTORY);
        if (open.Failed) { return []; }
        using OwnedFd fd = open.Value;
        return Names(fd.Fd).FindAll(static name => !name.StartsWith("."u8));
    }

    /// <summary>All of an open directory, hidden ones too.</summary>
    public static List<ByteText> Names(Fd directory)
    {
        var names = new List<ByteText>();
        byte* buffer = stackalloc byte[8192];
        while (true)
        {
            nint n = LibC.syscall(SYS_getdents64, directory.Value, (nint)buffer, 8192);
            if (n <= 0) { return names; }
            for (nint at = 0; at < n; at += *(ushort*)(buffer + at + 16))
            {
                ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer + at + NameOffset);
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8)) { names.Add(name); }
            }
        }
    }

    public static ByteText Join(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c = default)
    {
        byte[] joined = new byte[a.Length + b.Length + c.Length];
        a.CopyTo(joined);
        b.CopyTo(joined.AsSpan(a.Length));
        c.CopyTo(joined.AsSpan(a.Length + b.Length));
        return new ByteText(joined);
    }
}
