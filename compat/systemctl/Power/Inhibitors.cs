using System.Globalization;
using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>Who would rather not have the machine stopped or asleep now. Asked of people, or when --check-inhibitors=yes.</summary>
internal static class Inhibitors
{
    /// <returns>0 to go on.</returns>
    public static int Check(Session session, PowerAction action)
    {
        Settings settings = session.Settings;
        if (settings.CheckInhibitors == false || settings.Force > 0 || settings.Transport != Transport.Local || action.Logind.Length == 0 || settings.DryRun)
        {
            return 0;
        }
        if (settings.CheckInhibitors is null && (LibC.geteuid() == 0 || !Tty.IsOutput)) { return 0; }
        if (session.MessageBus() is not { } caller) { return 0; }
        BusReply reply = LogindPower.Call(caller, "ListInhibitors").Expect("a(ssssuu)");
        if (reply.Failed) { return 0; }
        int found = Blocking(reply, action.IsSleep ? "sleep" : "shutdown") + Others();
        if (found == 0) { return 0; }
        return Log.Error("Please retry operation after closing inhibitors and logging out other users.\n"
            + $"Alternatively, ignore inhibitors and users with 'systemctl {action.Verb} -i'.");
    }

    private static int Blocking(BusReply reply, string kind)
    {
        int count = 0;
        MessageReader reader = reply.Reader;
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string what = reader.ReadText(), who = reader.ReadText(), why = reader.ReadText(), mode = reader.ReadText();
            uint uid = reader.ReadUInt32(), pid = reader.ReadUInt32();
            if (mode != "block" || !what.Split(':').Contains(kind)) { continue; }
            Log.Warning($"Operation inhibited by \"{who}\" (PID {pid} \"{Comm(pid)}\", user {Users.NameOf(uid)}), reason is \"{why}\".");
            count++;
        }
        reader.EndArray(array);
        return count;
    }

    /// <summary>Sessions of other users, by logind's files.</summary>
    private static int Others()
    {
        Result<DirectoryReader> opened = Sys.OpenDirectory(new ByteText("/run/systemd/sessions"));
        if (opened.Failed) { return 0; }
        using DirectoryReader directory = opened.Value;
        int count = 0;
        while (directory.MoveNext())
        {
            string name = Encoding.UTF8.GetString(directory.Current.Name);
            if (name.EndsWith(".ref", StringComparison.Ordinal)) { continue; }
            Result<byte[]> file = Sys.ReadFile(new ByteText($"/run/systemd/sessions/{name}"));
            if (file.Failed) { continue; }
            Dictionary<string, string> session = Encoding.UTF8.GetString(file.Value).Split('\n').Where(l => l.Contains('=', StringComparison.Ordinal))
                .Select(l => l.Split('=', 2)).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.Last()[1]);
            string Field(string key) => session.GetValueOrDefault(key, "");
            if (Field("CLASS") != "user" || Field("UID") == LibC.getuid().ToString(CultureInfo.InvariantCulture)
                || Field("TYPE") is not ("x11" or "wayland" or "tty" or "mir" or "web"))
            {
                continue;
            }
            string where = Field("TTY") is { Length: > 0 } tty ? tty : Field("SEAT") is { Length: > 0 } seat ? seat : Field("SERVICE");
            Log.Warning($"User {Field("USER")} is logged in on {where}.");
            count++;
        }
        return count;
    }

    private static string Comm(uint pid)
    {
        Result<byte[]> comm = Sys.ReadFile(new ByteText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/comm")));
        return comm.Failed ? "n/a" : Encoding.UTF8.GetString(comm.Value).TrimEnd('\n');
    }
}
