using System.Globalization;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>whoami: the unit that a process belongs to, the caller itself without a word. systemctl 254.</summary>
internal static class WhoAmI
{
    public static int Run(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        if (words.Length == 1) { return Say(caller, (uint)Environment.ProcessId); }
        int code = 0;
        foreach (string word in words[1..])
        {
            if (!uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out uint pid) || pid is 0 or > int.MaxValue)
            {
                return Log.Error($"Invalid PID specified: {word}");
            }
            if (Say(caller, pid) != 0) { code = 1; }
        }
        return code;
    }

    private static int Say(Caller caller, uint pid)
    {
        BusReply reply = caller.Manager("GetUnitByPID", "u", w => w.WriteUInt32(pid)).Expect("o");
        if (reply.Failed)
        {
            // No unit has a process that is gone: why, people want to know.
            bool isGone = LibC.kill((int)pid, 0) != 0 && Errno.Last == Errno.ESRCH;
            return Log.Error(isGone ? $"PID {pid} doesn't exist or is already gone." : $"{reply.Error}");
        }
        MessageReader reader = reply.Reader;
        string path = System.Text.Encoding.UTF8.GetString(reader.ReadObjectPath());
        if (caller.GetText(path, Caller.UnitInterface, "Id", out BusError? error) is not { } id) { return Log.Error($"Failed to get unit name: {error}"); }
        Stdio.Line(id);
        return 0;
    }
}
