namespace SysMaster.DBus.Wire;

/// <summary>Error names of the D-Bus specification that this room and its users answer with.</summary>
public static class BusErrors
{
    public const string Failed = "org.freedesktop.DBus.Error.Failed";
    public const string NoMemory = "org.freedesktop.DBus.Error.NoMemory";
    public const string ServiceUnknown = "org.freedesktop.DBus.Error.ServiceUnknown";
    public const string NameHasNoOwner = "org.freedesktop.DBus.Error.NameHasNoOwner";
    public const string NoReply = "org.freedesktop.DBus.Error.NoReply";
    public const string IOError = "org.freedesktop.DBus.Error.IOError";
    public const string NotSupported = "org.freedesktop.DBus.Error.NotSupported";
    public const string LimitsExceeded = "org.freedesktop.DBus.Error.LimitsExceeded";
    public const string AccessDenied = "org.freedesktop.DBus.Error.AccessDenied";
    public const string InteractiveAuthorizationRequired = "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired";
    public const string InvalidArgs = "org.freedesktop.DBus.Error.InvalidArgs";
    public const string FileNotFound = "org.freedesktop.DBus.Error.FileNotFound";
    public const string UnknownMethod = "org.freedesktop.DBus.Error.UnknownMethod";
    public const string UnknownObject = "org.freedesktop.DBus.Error.UnknownObject";
    public const string UnknownInterface = "org.freedesktop.DBus.Error.UnknownInterface";
    public const string UnknownProperty = "org.freedesktop.DBus.Error.UnknownProperty";
    public const string PropertyReadOnly = "org.freedesktop.DBus.Error.PropertyReadOnly";
    public const string InconsistentMessage = "org.freedesktop.DBus.Error.InconsistentMessage";
}
