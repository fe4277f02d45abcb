namespace SysMaster.DBus.Wire;

/// <summary>Codes of the header's fields, D-Bus specification "Header Fields".</summary>
internal static class HeaderField
{
    public const byte Path = 1;
    public const byte Interface = 2;
    public const byte Member = 3;
    public const byte ErrorName = 4;
    public const byte ReplySerial = 5;
    public const byte Destination = 6;
    public const byte Sender = 7;
    public const byte Signature = 8;
    public const byte UnixFds = 9;
}
