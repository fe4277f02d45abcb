using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>Names of D-Bus errors for errnos.</summary>
internal static class StandardErrors
{
    /// <summary>The standard error of an errno, as sd-bus maps it.</summary>
    public static string NameOf(Errno error) => error switch
    {
        _ when error == Errno.ENOENT => BusErrors.FileNotFound,
        _ when error == Errno.EACCES || error == Errno.EPERM => BusErrors.AccessDenied,
        _ when error == Errno.EINVAL => BusErrors.InvalidArgs,
        _ when error == Errno.EEXIST => "org.freedesktop.DBus.Error.FileExists",
        _ when error == Errno.ENOMEM => BusErrors.NoMemory,
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"System.Error.{ErrnoNameOf(error)}"),
    };

    private static string ErrnoNameOf(Errno error) => error switch
    {
        _ when error == Errno.EROFS => "EROFS",
        _ when error == Errno.ENOSPC => "ENOSPC",
        _ when error == Errno.ELOOP => "ELOOP",
        _ when error == Errno.ENOTDIR => "ENOTDIR",
        _ => "EIO",
    };
}
