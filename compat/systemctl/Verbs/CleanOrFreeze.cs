using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>clean, freeze, thaw: done when the unit has come to rest in the state that was asked for.</summary>
internal static class CleanOrFreeze
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        string verb = words[0];
        if (session.MessageBus() is not { } caller) { return 1; }
        Agents.Open(settings);
        if (UnitNames.Expand(session, caller, words[1..]) is not { } names) { return 1; }
        bool isClean = verb == "clean";
        if (isClean && settings.What.Count == 0) { settings.What.AddRange(["runtime", "cache"]); }
        UnitWaiter? waiter = !settings.NoBlock ? UnitWaiter.Start(caller) : null;
        int code = 0;
        foreach (string name in names)
        {
            if (waiter is not null && !waiter.Hold(name)) { return 1; }
            BusReply reply = isClean
                ? caller.Manager("CleanUnit", "sas", w => { w.WriteString(name); w.WriteStrings(settings.What.ToArray()); })
                : caller.Manager(verb == "freeze" ? "FreezeUnit" : "ThawUnit", "s", w => w.WriteString(name), timeoutMsec: 90_000);
            if (!reply.Failed) { continue; }
            waiter?.Remove(name);
            code = Log.Error($"Failed to {verb} unit {name}: {reply.Error}");
        }
        return waiter is not null && waiter.Wait() && code == 0 ? 1 : code;
    }
}
