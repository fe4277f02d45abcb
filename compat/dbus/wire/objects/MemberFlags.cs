namespace SysMaster.DBus.Wire;

/// <summary>What else is said of a method, property or signal.</summary>
[Flags]
public enum MemberFlags
{
    None = 0,

    /// <summary>Annotation org.freedesktop.DBus.Deprecated.</summary>
    Deprecated = 1,

    /// <summary>Answered, but in no introspection and no GetAll.</summary>
    Hidden = 2,

    /// <summary>Property: answered by Get, left out of GetAll; annotation org.freedesktop.systemd1.Explicit.</summary>
    Explicit = 4,

    /// <summary>Annotation org.freedesktop.systemd1.Privileged. (Who may is decided by the access value alone.)</summary>
    Privileged = 8,

    /// <summary>Method: annotation org.freedesktop.DBus.Method.NoReply.</summary>
    NoReply = 16,
}
