using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>set-property UNIT NAME=VALUE…: settings of units that run.</summary>
internal static class SetProperty
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(settings);
        if (UnitNames.Expand(session, caller, [words[1]]) is not { } names) { return 1; }
        int code = 0;
        foreach (string name in names)
        {
            int dot = name.LastIndexOf('.');
            if (dot < 0 || !StateWords.Types.Contains(name[(dot + 1)..])) { return Log.Error($"Invalid unit type: {name}"); }
            var properties = new List<Action<MessageWriter>>();
            foreach (string word in words[2..])
            {
                if (PropertyAssignment.Parse(word) is not { } writers) { return 1; }
                properties.AddRange(writers);
            }
            BusReply reply = caller.Manager("SetUnitProperties", "sba(sv)", w =>
            {
                w.WriteString(name);
                w.WriteBoolean(settings.Runtime);
                ArrayMark array = w.BeginArray(8);
                foreach (Action<MessageWriter> property in properties) { property(w); }
                w.EndArray(array);
            });
            if (reply.Failed) { code = Log.Error($"Failed to set unit properties on {name}: {reply.Error}"); }
        }
        return code;
    }
}
