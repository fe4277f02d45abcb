using System.Buffers.Text;
using System.Text;

namespace SysMaster.DBus.Wire;

/// <summary>
/// Our side of "Authentication Protocol" of the D-Bus specification, as a function of (state, line) to (reply, state):
/// <code>
///   Nul --NUL--> Auth --AUTH EXTERNAL uid--> Authenticated --NEGOTIATE_UNIX_FD--> WithFds
///                 |  ^                        |        ^                            |
///      AUTH EXTERNAL |CANCEL, ERROR, wrong    |BEGIN   '---- (CANCEL, ERROR: Auth)  |BEGIN
///                 v  |                        v                                     v
///                Data --DATA [uid]--> Auth…  Done                                  Done
/// </code>
/// Who the client is was asked of the socket; the text it sends is compared with that, never believed. Clients send all their
/// lines and the first message in one write, so what follows BEGIN is left in the input.
/// </summary>
internal sealed class SaslServer(uint peerUid, string guid, bool offersFds)
{
    public SaslServerState State { get; private set; } = SaslServerState.Nul;

    /// <summary>Whether descriptors were agreed on, once <see cref="SaslServerState.Done"/>.</summary>
    public bool FdsAgreed { get; private set; }

    /// <summary>Takes whole lines from the input until it is <see cref="SaslServerState.Done"/>, <see cref="SaslServerState.Failed"/> or out of lines.</summary>
    /// <returns>Bytes taken.</returns>
    public int Feed(ReadOnlySpan<byte> input, StringBuilder replies)
    {
        int at = 0;
        if (State == SaslServerState.Nul && !input.IsEmpty)
        {
            State = input[0] == 0 ? SaslServerState.Auth : SaslServerState.Failed;
            at = 1;
        }
        while (State is not (SaslServerState.Done or SaslServerState.Failed or SaslServerState.Nul))
        {
            int end = input[at..].IndexOf("\r\n"u8);
            if (end < 0) { break; }
            State = OnLine(input.Slice(at, end), replies);
            at += end + 2;
        }
        return at;
    }

    private SaslServerState OnLine(ReadOnlySpan<byte> line, StringBuilder replies)
    {
        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> command = space < 0 ? line : line[..space];
        ReadOnlySpan<byte> rest = space < 0 ? default : line[(space + 1)..];
        if (command.SequenceEqual("BEGIN"u8)) { return OnBegin(); }
        if (command.SequenceEqual("AUTH"u8) && State is SaslServerState.Auth) { return OnAuth(rest, replies); }
        if (command.SequenceEqual("DATA"u8) && State is SaslServerState.Data) { return OnIdentity(rest, replies); }
        if (command.SequenceEqual("NEGOTIATE_UNIX_FD"u8) && State is (SaslServerState.Authenticated or SaslServerState.WithFds) && offersFds)
        {
            replies.Append("AGREE_UNIX_FD\r\n");
            return SaslServerState.WithFds;
        }
        if (command.SequenceEqual("CANCEL"u8) || command.SequenceEqual("ERROR"u8)) { return Reject(replies); }
        replies.Append("ERROR\r\n");
        return State;
    }

    private SaslServerState OnBegin()
    {
        FdsAgreed = State == SaslServerState.WithFds;
        return State is SaslServerState.Authenticated or SaslServerState.WithFds ? SaslServerState.Done : SaslServerState.Failed;
    }

    private SaslServerState OnAuth(ReadOnlySpan<byte> rest, StringBuilder replies)
    {
        int space = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> mechanism = space < 0 ? rest : rest[..space];
        if (!mechanism.SequenceEqual("EXTERNAL"u8)) { return Reject(replies); }
        if (space >= 0) { return OnIdentity(rest[(space + 1)..], replies); }
        replies.Append("DATA\r\n");
        return SaslServerState.Data;
    }

    private SaslServerState OnIdentity(ReadOnlySpan<byte> hex, StringBuilder replies)
    {
        if (!IsPeer(hex)) { return Reject(replies); }
        replies.Append("OK ").Append(guid).Append("\r\n");
        return SaslServerState.Authenticated;
    }

    // The identity is the UID in decimal, each digit as two hex digits; none at all means "whoever the socket says".
    private bool IsPeer(ReadOnlySpan<byte> hex)
    {
        if (hex.IsEmpty) { return true; }
        Span<byte> text = stackalloc byte[16];
        int n = hex.Length / 2;
        if (hex.Length > 32 || hex.Length % 2 != 0) { return false; }
        for (int i = 0; i < n; i++)
        {
            if (!Utf8Parser.TryParse(hex.Slice(2 * i, 2), out text[i], out int taken, 'x') || taken != 2) { return false; }
        }
        return Utf8Parser.TryParse(text[..n], out uint uid, out int used) && used == n && uid == peerUid;
    }

    private SaslServerState Reject(StringBuilder replies)
    {
        FdsAgreed = false;
        replies.Append("REJECTED EXTERNAL\r\n");
        return SaslServerState.Auth;
    }
}
