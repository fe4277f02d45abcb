namespace SysMaster.Linux;

/// <summary>Time stamps of files.</summary>
public static unsafe partial class Sys
{
    private static readonly int s_utimensat = LibC.IsArm64 ? 88 : 280;

    /// <summary>The file, made empty if it is not there, with this access and modification time. utimensat(2).</summary>
    public static Errno Touch(ByteText path, Usec at, uint mode = 0x1A4)
    {
        Result<OwnedFd> file = Open(path, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NOCTTY | LibC.O_NOFOLLOW, mode);
        if (file.Failed) { return file.Error; }
        using OwnedFd fd = file.Value;
        timespec* times = stackalloc timespec[2];
        times[0] = times[1] = new timespec { tv_sec = (long)(at.Value / Usec.PerSec), tv_nsec = (long)(at.Value % Usec.PerSec * 1000) };
        return Errno.FromResult(LibC.syscall(s_utimensat, fd.Value, 0, (nint)times, 0));
    }
}
