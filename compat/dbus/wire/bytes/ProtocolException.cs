namespace SysMaster.DBus.Wire;

/// <summary>
/// Bytes that break the D-Bus specification. Thrown by the decoders of this room only; the connection that was reading turns it
/// into a disconnect, the object layer into a refusal of that call. Nobody else catches it.
/// </summary>
public sealed class ProtocolException(string message) : Exception(message);
