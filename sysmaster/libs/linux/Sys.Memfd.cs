namespace SysMaster.Linux;

/// <summary>Anonymous files: memfd_create(2).</summary>
public static unsafe partial class Sys
{
    /// <summary>A file that nobody else can find, with this content, read from its beginning; the name is for people in /proc.</summary>
    public static Result<OwnedFd> MemoryFile(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        ByteText text = name;
        OwnedFd file;
        fixed (byte* p = text.CString)
        {
            int fd = LibC.memfd_create(p, LibC.MFD_CLOEXEC);
            if (fd < 0) { return Errno.Last; }
            file = new OwnedFd(fd);
        }
        Errno error = WriteAll(file.Fd, content);
        if (!error.Failed && LibC.lseek(file.Value, 0, 0) < 0) { error = Errno.Last; }
        if (!error.Failed) { return file; }
        file.Dispose();
        return error;
    }
}
