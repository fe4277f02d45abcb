using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>An error number of the kernel; zero is success. errno(3), asm-generic/errno.h (the same on x86-64 and arm64).</summary>
public readonly record struct Errno(int Value)
{
    public static readonly Errno None = new(0);
    public static readonly Errno EPERM = new(1);
    public static readonly Errno ENOENT = new(2);
    public static readonly Errno ESRCH = new(3);
    public static readonly Errno EINTR = new(4);
    public static readonly Errno EIO = new(5);
    public static readonly Errno ENXIO = new(6);
    public static readonly Errno E2BIG = new(7);
    public static readonly Errno ENOEXEC = new(8);
    public static readonly Errno EBADF = new(9);
    public static readonly Errno ECHILD = new(10);
    public static readonly Errno EAGAIN = new(11);
    public static readonly Errno ENOMEM = new(12);
    public static readonly Errno EACCES = new(13);
    public static readonly Errno EBUSY = new(16);
    public static readonly Errno EEXIST = new(17);
    public static readonly Errno EXDEV = new(18);
    public static readonly Errno ENODEV = new(19);
    public static readonly Errno ENOTDIR = new(20);
    public static readonly Errno EISDIR = new(21);
    public static readonly Errno EINVAL = new(22);
    public static readonly Errno ENFILE = new(23);
    public static readonly Errno EMFILE = new(24);
    public static readonly Errno ENOTTY = new(25);
    public static readonly Errno EFBIG = new(27);
    public static readonly Errno ENOSPC = new(28);
    public static readonly Errno EROFS = new(30);
    public static readonly Errno EPIPE = new(32);
    public static readonly Errno ERANGE = new(34);
    public static readonly Errno ENAMETOOLONG = new(36);
    public static readonly Errno ENOSYS = new(38);
    public static readonly Errno ENOTEMPTY = new(39);
    public static readonly Errno ELOOP = new(40);
    public static readonly Errno ENODATA = new(61);
    public static readonly Errno ETIME = new(62);
    public static readonly Errno EPROTO = new(71);
    public static readonly Errno EBADMSG = new(74);
    public static readonly Errno ENOTUNIQ = new(76);
    public static readonly Errno EBADR = new(53);
    public static readonly Errno ENOTSOCK = new(88);
    public static readonly Errno EMSGSIZE = new(90);
    public static readonly Errno EOPNOTSUPP = new(95);
    public static readonly Errno EAFNOSUPPORT = new(97);
    public static readonly Errno EADDRINUSE = new(98);
    public static readonly Errno EADDRNOTAVAIL = new(99);
    public static readonly Errno ENETDOWN = new(100);
    public static readonly Errno ECONNRESET = new(104);
    public static readonly Errno ENOBUFS = new(105);
    public static readonly Errno EISCONN = new(106);
    public static readonly Errno ENOTCONN = new(107);
    public static readonly Errno ETIMEDOUT = new(110);
    public static readonly Errno EUNATCH = new(49);
    public static readonly Errno ESTALE = new(116);
    public static readonly Errno ECONNREFUSED = new(111);
    public static readonly Errno EALREADY = new(114);
    public static readonly Errno EINPROGRESS = new(115);
    public static readonly Errno ECANCELED = new(125);
    public static readonly Errno EOWNERDEAD = new(130);

    public bool Failed => Value != 0;

    /// <summary>The calling thread's errno, as saved by the last LibraryImport with SetLastError.</summary>
    public static Errno Last => new(Marshal.GetLastPInvokeError());

    /// <summary>From a raw system call result: negative values are error numbers.</summary>
    public static Errno FromResult(long result) => result < 0 ? Last : None;

    /// <summary>The C library's text, as strerror(3) has it: "No such file or directory".</summary>
    public override string ToString() => ErrnoText.Of(Value);
}
