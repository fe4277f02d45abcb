namespace SysMaster.DBus.Wire;

/// <summary>D-Bus specification "Message Format".</summary>
public enum MessageType : byte
{
    Invalid = 0,
    MethodCall = 1,
    MethodReturn = 2,
    Error = 3,
    Signal = 4,
}
