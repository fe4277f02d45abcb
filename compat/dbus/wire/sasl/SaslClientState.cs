namespace SysMaster.DBus.Wire;

/// <summary>Where our own authentication stands. See <see cref="SaslClient"/>.</summary>
internal enum SaslClientState
{
    /// <summary>OK is awaited.</summary>
    Ok,

    /// <summary>The answer to NEGOTIATE_UNIX_FD is awaited.</summary>
    Fds,

    /// <summary>Messages follow.</summary>
    Done,

    /// <summary>Refused, or the server speaks something else.</summary>
    Failed,
}
