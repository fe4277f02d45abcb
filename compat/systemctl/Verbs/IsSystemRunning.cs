using System.Text;
using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>is-system-running: one word for the whole, and whether all is well.</summary>
internal static class IsSystemRunning
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (Booted.IsChroot || settings.Root.Length > 0 || settings.Image.Length > 0 || (settings.Transport == Transport.Local && !Booted.BySystemd)) { return Say("offline", settings); }
        if (session.Manager() is not { } caller) { return 1; }
        string? reached = null;
        if (settings.Wait)
        {
            BusError? failed = caller.Bus.Listen(
                $"type='signal',sender='{Caller.ManagerName}',path='{Caller.ManagerPath}',interface='{Caller.ManagerInterface}',member='StartupFinished'",
                message => { if (message.Member.SequenceEqual("StartupFinished"u8)) { reached = ""; } });
            if (failed is not null) { Log.Warning($"Failed to request match for StartupFinished: {failed}"); }
        }
        string? state = caller.GetText(Caller.ManagerPath, Caller.ManagerInterface, "SystemState", out BusError? error);
        if (settings.Wait && state is "initializing" or "starting")
        {
            while (reached is null && !caller.Bus.IsClosed) { _ = caller.Bus.Process(-1); }
            state = caller.GetText(Caller.ManagerPath, Caller.ManagerInterface, "SystemState", out error);
        }
        if (error is not null)
        {
            Log.Warning($"Failed to query system state: {error}");
            return Say("unknown", settings);
        }
        return Say(state!, settings);
    }

    private static int Say(string state, Settings settings)
    {
        if (!settings.Quiet) { Stdio.Line(state); }
        return state == "running" ? 0 : 1;
    }
}
