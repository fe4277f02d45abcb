namespace SysMaster.DBus.Systemd1;

/// <summary>What our own calls on the message bus were for.</summary>
internal static class BusTags
{
    public const int RequestName = 1, NameOwner = 2, Match = 3, Credentials = 4, Polkit = 5;

    /// <summary>On a connection of its own: <see cref="SystemManager"/>.</summary>
    public const int Attach = 6;
}
