using System.Globalization;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>halt, poweroff, reboot, suspend, rescue, exit and their kin: through logind, which asks polkit and inhibitors; else by their targets.</summary>
internal static class StartSpecial
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        PowerAction action = Array.Find(PowerAction.All, a => a.Verb == words[0])!;
        if (Inhibitors.Check(session, action) is var inhibited && inhibited != 0) { return inhibited; }
        if (settings.Force >= 2 && LibC.geteuid() != 0) { return Log.Error("Must be root."); }
        if (Prepare(session, action, words) is var code && code != 0) { return code; }
        if (settings.When is { } when && (action.IsEnd || action == PowerAction.Kexec || action == PowerAction.SoftReboot))
        {
            if (ScheduledEnd.Set(session, action, when, $"systemctl {action.Verb} --when=cancel", out BusError? error)) { return 0; }
            return error is null ? 1 : Log.Error($"Failed to schedule shutdown: {error}");
        }
        if (LogindBoot.Prepare(session) is var prepared && prepared != 0) { return prepared; }
        if (action.IsEnd && settings.Force >= 2) { return RebootNow.Run(action, settings); }
        if (settings.Force >= 1 && action.Direct.Length > 0) { return Direct(session, action); }
        if (action.Logind.Length > 0 && settings.Transport == Transport.Local && !settings.IsUser)
        {
            LogindResult result = LogindPower.Ask(session, action);
            if (result != LogindResult.TryOtherwise) { return result == LogindResult.Done ? 0 : 1; }
        }
        // logind's answer comes before the work is done too.
        if (action.IsEnd || action.IsSleep || action == PowerAction.Kexec || action == PowerAction.SoftReboot || action == PowerAction.Exit) { settings.NoBlock = true; }
        return Start(session, action);
    }

    /// <summary>By the target's job.</summary>
    public static int Start(Session session, PowerAction action)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        return StartUnits.Run(caller, session.Settings, [action.Target], "StartUnit", "start", action.Mode, checkTriggers: false);
    }

    private static int Prepare(Session session, PowerAction action, string[] words)
    {
        Settings settings = session.Settings;
        if (action == PowerAction.Restart)
        {
            string? argument = settings.RebootArgument;
            if (words.Length > 1)
            {
                if (argument is not null) { return Log.Error("Both --reboot-argument= and positional argument passed to reboot command, refusing."); }
                Log.Notice("Positional argument to reboot command is deprecated, please use --reboot-argument= instead. Accepting anyway.");
                argument = words[1];
            }
            return argument is null || settings.DryRun ? 0 : RebootParameter.Write(argument);
        }
        if (action == PowerAction.Kexec && Kexec.Load(settings) != 0)
        {
            if (settings.Force < 1) { return 1; }
            Log.Notice("Failed to load kexec kernel, continuing without.");
        }
        return action == PowerAction.Exit && words.Length > 1 ? SetExitCode(session, words[1]) : 0;
    }

    private static int SetExitCode(Session session, string word)
    {
        if (!byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out byte code)) { return Log.Error("Invalid exit code."); }
        if (session.Manager() is not { } caller) { return 1; }
        BusReply reply = caller.Manager("SetExitCode", "y", w => w.WriteByte(code));
        return reply.Failed ? Log.Error($"Failed to set exit code: {reply.Error}") : 0;
    }

    private static int Direct(Session session, PowerAction action)
    {
        Log.Debug($"{(session.Settings.DryRun ? "Would execute" : "Executing")} dbus call org.freedesktop.systemd1.Manager {action.Direct}()");
        if (session.Settings.DryRun) { return 0; }
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        // The root to change to: none.
        BusReply reply = action == PowerAction.SoftReboot ? caller.Manager(action.Direct, "s", w => w.WriteString("")) : caller.Manager(action.Direct);
        if (!reply.Failed) { return 0; }
        _ = Log.Error($"Failed to execute operation: {reply.Error}");
        if (action.IsEnd && reply.Error!.Is(BusError.NoReply))
        {
            Log.Notice("It is possible to perform action directly, see discussion of --force --force in man:systemctl(1).");
        }
        return 1;
    }
}
