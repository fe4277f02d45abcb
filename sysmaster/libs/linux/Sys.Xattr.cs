namespace SysMaster.Linux;

/// <summary>Extended attributes. Names carry their class: "user.x", "trusted.x", "security.x".</summary>
public static unsafe partial class Sys
{
    /// <returns>ENODATA when there is none; ERANGE when it is longer than <paramref name="limit"/> bytes; EOPNOTSUPP.</returns>
    public static Result<ByteText> GetXattr(ByteText path, ByteText name, int limit = 4096)
    {
        byte[] buffer = BytePool.Rent(limit);
        try
        {
            fixed (byte* p = path.CString, n = name.CString, b = buffer)
            {
                nint size = LibC.getxattr(p, n, b, (nuint)limit);
                return size < 0 ? Errno.Last : new ByteText(buffer.AsSpan(0, (int)size));
            }
        }
        finally { BytePool.Return(buffer); }
    }

    public static Errno SetXattr(ByteText path, ByteText name, ReadOnlySpan<byte> value, int flags = 0)
    {
        fixed (byte* p = path.CString, n = name.CString, v = value) { return Errno.FromResult(LibC.setxattr(p, n, v, (nuint)value.Length, flags)); }
    }

    /// <returns>None when there was none.</returns>
    public static Errno RemoveXattr(ByteText path, ByteText name)
    {
        fixed (byte* p = path.CString, n = name.CString)
        {
            Errno e = Errno.FromResult(LibC.removexattr(p, n));
            return e == Errno.ENODATA ? Errno.None : e;
        }
    }

    public static Result<ByteText> GetXattr(Fd fd, ByteText name)
    {
        Span<byte> buffer = stackalloc byte[4096];
        fixed (byte* n = name.CString, b = buffer)
        {
            nint size = LibC.fgetxattr(fd.Value, n, b, (nuint)buffer.Length);
            return size < 0 ? Errno.Last : new ByteText(buffer[..(int)size]);
        }
    }

    public static Errno SetXattr(Fd fd, ByteText name, ReadOnlySpan<byte> value, int flags = 0)
    {
        fixed (byte* n = name.CString, v = value) { return Errno.FromResult(LibC.fsetxattr(fd.Value, n, v, (nuint)value.Length, flags)); }
    }
}
