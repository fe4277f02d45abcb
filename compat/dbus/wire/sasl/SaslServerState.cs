namespace SysMaster.DBus.Wire;

/// <summary>Where the authentication of a client stands. See <see cref="SaslServer"/>.</summary>
internal enum SaslServerState
{
    /// <summary>Before the NUL byte that every client sends first.</summary>
    Nul,

    /// <summary>AUTH is awaited.</summary>
    Auth,

    /// <summary>AUTH EXTERNAL came without an identity; DATA is awaited.</summary>
    Data,

    /// <summary>OK was said; NEGOTIATE_UNIX_FD or BEGIN is awaited.</summary>
    Authenticated,

    /// <summary>Descriptors were agreed on.</summary>
    WithFds,

    /// <summary>BEGIN came: messages follow.</summary>
    Done,

    /// <summary>Violated; the connection ends.</summary>
    Failed,
}
