using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

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
        _ when error == Errno.EBADMSG => "org.freedesktop.DBus.Error.InconsistentMessage",
        _ => $"System.Error.{ErrnoNames.Table.WordOrNull(error.Value) ?? "EIO"}",
    };
}
