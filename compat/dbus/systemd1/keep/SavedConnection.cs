using SysMaster.Savepoint;

namespace SysMaster.DBus.Systemd1;

/// <summary>The record of a connection as it was read back. Tags are never reused.</summary>
internal sealed class SavedConnection
{
    public static class Tag
    {
        public const uint Running = 1, FdsAgreed = 2, SerialLimit = 3, Sequence = 4, Untaken = 5, UntakenFirst = 6, UniqueName = 7;
        public const uint Input = 8, InputSpilled = 9, InputFds = 10, Output = 11, OutputSpilledAt = 12, OutputSpilled = 13, Partial = 14;
        public const uint AuthSeen = 15, AuthOutput = 16, Lost = 17, AskedName = 18, FirstInputFd = 19;
    }

    public bool Running, FdsAgreed, Lost;
    public uint SerialLimit, Sequence;
    public int Untaken, InputSpilled, InputFds, FirstInputFd, OutputSpilled, Partial;
    public byte UntakenFirst;
    public long OutputSpilledAt;
    public string UniqueName = "";
    public byte[] Input = [], Output = [], AuthSeen = [], AuthOutput = [];
    public readonly List<string> AskedNames = [];

    public static SavedConnection Read(RecordReader fields)
    {
        var saved = new SavedConnection();
        while (fields.Next(out SavedField f)) { saved.Read(f); }
        if (fields.Failed) { saved.Lost = true; }
        return saved;
    }

    private void Read(in SavedField f)
    {
        switch (f.Tag)
        {
            case Tag.Running: Running = f.Bool; break;
            case Tag.FdsAgreed: FdsAgreed = f.Bool; break;
            case Tag.SerialLimit: SerialLimit = (uint)f.Number; break;
            case Tag.Sequence: Sequence = (uint)f.Number; break;
            case Tag.Untaken: Untaken = (int)f.Number; break;
            case Tag.UntakenFirst: UntakenFirst = (byte)f.Number; break;
            case Tag.UniqueName: UniqueName = f.String; break;
            case Tag.Input: Input = f.Bytes.ToArray(); break;
            case Tag.InputSpilled: InputSpilled = (int)f.Number; break;
            case Tag.InputFds: InputFds = (int)f.Number; break;
            case Tag.Output: Output = f.Bytes.ToArray(); break;
            case Tag.OutputSpilledAt: OutputSpilledAt = (long)f.Number; break;
            case Tag.FirstInputFd: FirstInputFd = (int)f.Number; break;
            case Tag.OutputSpilled: OutputSpilled = (int)f.Number; break;
            case Tag.Partial: Partial = (int)f.Number; break;
            case Tag.AuthSeen: AuthSeen = f.Bytes.ToArray(); break;
            case Tag.AuthOutput: AuthOutput = f.Bytes.ToArray(); break;
            case Tag.Lost: Lost = f.Bool; break;
            case Tag.AskedName: AskedNames.Add(f.String); break;
        }
    }
}
