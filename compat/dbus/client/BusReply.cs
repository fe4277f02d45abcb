using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Client;

/// <summary>The answer to one call: a message, or an error.</summary>
public sealed class BusReply
{
    private readonly Message? _message;

    public BusReply(Message message) => _message = message;

    public BusReply(BusError error) => Error = error;

    public BusError? Error { get; }

    public bool Failed => Error is not null;

    /// <summary>Of an answer without an error.</summary>
    public MessageReader Reader => _message!.Reader;

    public string Signature => _message is null ? "" : System.Text.Encoding.ASCII.GetString(_message.BodySignature);

    /// <summary>This answer, or an error where it is of another type than it has to be.</summary>
    public BusReply Expect(string signature)
        => Failed || Signature == signature ? this : new BusReply(new BusError("org.freedesktop.DBus.Error.InconsistentMessage", "Bad message"));
}
