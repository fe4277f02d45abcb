using System.Buffers.Binary;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>runlevel: the previous and the current one, by utmp(5).</summary>
internal static class RunlevelCommand
{
    private const int RecordLength = 384, RunLevel = 1, PidAt = 4;

    private static readonly OptionRow[] s_rows = [new(1, '\0', "help", ArgumentUse.None)];

    public static int Run(string path, string[] words)
    {
        var options = new GetOpt(path, words, s_rows);
        int id = options.Next();
        if (id != GetOpt.End) { return id == GetOpt.Bad ? 1 : Help.Runlevel(); }
        if (options.Operands.Length > 0) { return Log.Error("Too many arguments."); }
        if (Read() is not { } levels)
        {
            Stdio.Line("unknown");
            return 1;
        }
        Stdio.Line($"{Letter(levels.Previous)} {Letter(levels.Current)}");
        return 0;
    }

    /// <summary>The record's PID field holds both, a byte each.</summary>
    private static (int Previous, int Current)? Read()
    {
        Result<byte[]> utmp = Sys.ReadFile(new ByteText("/run/utmp"));
        if (utmp.Failed) { return null; }
        for (int at = 0; at + RecordLength <= utmp.Value.Length; at += RecordLength)
        {
            ReadOnlySpan<byte> record = utmp.Value.AsSpan(at, RecordLength);
            if (BinaryPrimitives.ReadInt16LittleEndian(record) != RunLevel) { continue; }
            int pid = BinaryPrimitives.ReadInt32LittleEndian(record[PidAt..]);
            return ((pid >> 8) & 0xff, pid & 0xff);
        }
        return null;
    }

    private static char Letter(int level) => level <= 0 ? 'N' : (char)level;
}
