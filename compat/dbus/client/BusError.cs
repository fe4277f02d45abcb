namespace SysMaster.DBus.Client;

/// <summary>Why a call has no answer: the manager's error, or ours when the connection failed.</summary>
public sealed record BusError(string Name, string Text)
{
    public const string AccessDenied = "org.freedesktop.DBus.Error.AccessDenied";
    public const string NotSupported = "org.freedesktop.DBus.Error.NotSupported";
    public const string UnknownMethod = "org.freedesktop.DBus.Error.UnknownMethod";
    public const string UnknownInterface = "org.freedesktop.DBus.Error.UnknownInterface";
    public const string NoReply = "org.freedesktop.DBus.Error.NoReply";
    public const string ServiceUnknown = "org.freedesktop.DBus.Error.ServiceUnknown";
    public const string Interactive = "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired";
    public const string NoSuchUnit = "org.freedesktop.systemd1.NoSuchUnit";
    public const string LoadFailed = "org.freedesktop.systemd1.LoadFailed";
    public const string UnitMasked = "org.freedesktop.systemd1.UnitMasked";
    public const string JobTypeNotApplicable = "org.freedesktop.systemd1.JobTypeNotApplicable";
    public const string OnlyByDependency = "org.freedesktop.systemd1.OnlyByDependency";
    public const string NoIsolation = "org.freedesktop.systemd1.NoIsolation";
    public const string TransactionIsDestructive = "org.freedesktop.systemd1.TransactionIsDestructive";
    public const string NoSuchProcess = "org.freedesktop.systemd1.NoUnitForPID";

    public const string Disconnected = "org.freedesktop.DBus.Error.Disconnected";

    public bool Is(params ReadOnlySpan<string> names) => names.Contains(Name);

    /// <summary>For people.</summary>
    public override string ToString() => Name == AccessDenied ? "Access denied" : Text.Length > 0 ? Text : Name;
}
