using System.Diagnostics;
using System.Text;

namespace SysMaster.DBus.Wire;

/// <summary>
/// One call being answered: done with <see cref="BeginReply"/> or <see cref="Reply"/>, refused with <see cref="Error"/>, or kept
/// with <see cref="Defer"/>. The object serves the next call as soon as the handler returns: what is deferred is data.
/// </summary>
public sealed class MethodCall
{
    private readonly MessageWriter _writer = new();
    private byte[] _output = [];

    internal MethodCall()
    {
        Connection = null!;
        Message = null!;
    }

    private enum State
    {
        Open,
        ReplyBegun,
        Answered,
        Deferred,
    }

    public BusConnection Connection { get; private set; }

    public Message Message { get; private set; }

    /// <summary>The arguments from the first one; their signature is the declared one.</summary>
    public MessageReader Reader => Message.Reader;

    /// <summary>The caller's unique name; empty on a private connection.</summary>
    public string Sender => Encoding.ASCII.GetString(Message.Sender);

    public uint Serial => Message.Serial;

    /// <summary>The caller allows that it is asked for a password.</summary>
    public bool MayInteract => (Message.Flags & MessageFlags.AllowInteractiveAuthorization) != 0;

    /// <summary>It came back from an authorisation that was granted: <see cref="IBusAccess"/> was not asked again.</summary>
    public bool IsAuthorized { get; private set; }

    private State Stage { get; set; }

    internal bool IsDone => Stage is State.Answered or State.Deferred;

    /// <summary>
    /// Begins the reply; the out arguments follow. It goes out when the handler returns, or at <see cref="EndReply"/> if
    /// something must come behind it. The writer is the call's own: signals meanwhile need another one.
    /// </summary>
    public MessageWriter BeginReply()
    {
        Debug.Assert(Stage == State.Open, "the call was answered twice");
        Stage = State.ReplyBegun;
        _writer.BeginReturnTo(Serial, Message.Sender, _output);
        return _writer;
    }

    /// <summary>Sends what <see cref="BeginReply"/> began.</summary>
    public void EndReply()
    {
        Debug.Assert(Stage == State.ReplyBegun, "no reply was begun");
        Stage = State.Answered;
        if (Message.ExpectsReply) { Connection.Send(_writer); }
        _writer.Reset();   // a long answer's buffer is free for the next one
    }

    /// <summary>Answers without out arguments.</summary>
    public void Reply()
    {
        BeginReply();
        EndReply();
    }

    /// <summary>Refuses. A reply that was begun is dropped.</summary>
    public void Error(string name, string text)
    {
        Debug.Assert(!IsDone, "the call was answered twice");
        Stage = State.Answered;
        if (!Message.ExpectsReply) { return; }
        _writer.WriteErrorTo(Serial, Message.Sender, name, text);
        Connection.Send(_writer);
    }

    /// <summary>Keeps the call for a later answer.</summary>
    public PendingReply Defer()
    {
        Debug.Assert(!IsDone, "the call was answered twice");
        Stage = State.Deferred;
        return new PendingReply(Connection, Serial, Sender, Encoding.ASCII.GetString(_output), Message.ExpectsReply);
    }

    internal void Start(BusConnection connection, Message message, bool authorized)
    {
        Connection = connection;
        Message = message;
        IsAuthorized = authorized;
        Stage = State.Open;
        _output = [];
    }

    internal void WillAnswerWith(byte[] output) => _output = output;

    /// <summary>The handler has returned: what it began is sent; what has nothing to say is answered.</summary>
    internal void Finish()
    {
        if (Stage == State.ReplyBegun) { EndReply(); }
        else if (Stage == State.Open)
        {
            Debug.Assert(_output.Length == 0, "a handler neither answered nor deferred");
            if (_output.Length == 0) { Reply(); }
            else { Error(BusErrors.Failed, "The method gave no answer."); }
        }
    }
}
