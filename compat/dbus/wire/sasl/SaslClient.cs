using System.Globalization;
using System.Text;

namespace SysMaster.DBus.Wire;

/// <summary>
/// The client's side: everything is said in one write (<see cref="Greeting"/>), BEGIN included, since a refusal ends the
/// connection anyway; then the answers are awaited: OK, and whether descriptors may be passed.
/// </summary>
internal sealed class SaslClient
{
    public SaslClientState State { get; private set; }

    public bool FdsAgreed { get; private set; }

    /// <summary>The server's id, 32 hex digits.</summary>
    public string Guid { get; private set; } = "";

    /// <param name="uid">Ours, as the server will see it.</param>
    public static byte[] Greeting(uint uid)
    {
        var text = new StringBuilder("\0AUTH EXTERNAL ");
        foreach (char digit in uid.ToString(CultureInfo.InvariantCulture)) { text.Append('3').Append(digit); }
        return Encoding.ASCII.GetBytes(text.Append("\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n").ToString());
    }

    /// <returns>Bytes taken.</returns>
    public int Feed(ReadOnlySpan<byte> input)
    {
        int at = 0;
        while (State is SaslClientState.Ok or SaslClientState.Fds)
        {
            int end = input[at..].IndexOf("\r\n"u8);
            if (end < 0) { break; }
            State = OnLine(input.Slice(at, end));
            at += end + 2;
        }
        return at;
    }

    private SaslClientState OnLine(ReadOnlySpan<byte> line)
    {
        if (State == SaslClientState.Fds)
        {
            FdsAgreed = line.SequenceEqual("AGREE_UNIX_FD"u8);
            return FdsAgreed || line.StartsWith("ERROR"u8) ? SaslClientState.Done : SaslClientState.Failed;
        }
        if (!line.StartsWith("OK "u8)) { return SaslClientState.Failed; }
        Guid = Encoding.ASCII.GetString(line[3..]);
        return SaslClientState.Fds;
    }
}
