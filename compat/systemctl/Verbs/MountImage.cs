using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>mount-image: an image of the host into a running service's namespace.</summary>
internal static class MountImage
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (session.Manager() is not { } caller || UnitNames.Mangle(words[1], settings.Quiet, operation: "to mount image") is not { } unit) { return 1; }
        Agents.Open(settings);
        BusReply reply = caller.Manager("MountImageUnit", "sssbba(ss)", w =>
        {
            w.WriteString(unit);
            w.WriteString(words[2]);
            w.WriteString(words[3]);
            w.WriteBoolean(settings.ReadOnly);
            w.WriteBoolean(settings.Mkdir);
            ArrayMark options = w.BeginArray(8);
            foreach (string option in (words.Length > 4 ? words[4] : "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // "partition:options"; without a colon it is for the root.
                int colon = option.IndexOf(':', StringComparison.Ordinal);
                w.BeginStruct();
                w.WriteString(colon < 0 ? "root" : option[..colon]);
                w.WriteString(option[(colon + 1)..]);
            }
            w.EndArray(options);
        }, timeoutMsec: 90_000);
        return reply.Failed ? Log.Error($"Failed to mount image: {reply.Error}") : 0;
    }
}
