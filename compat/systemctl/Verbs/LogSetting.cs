using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>log-level, log-target: of the manager, or of a service that has org.freedesktop.LogControl1.</summary>
internal static class LogSetting
{
    private const string ControlInterface = "org.freedesktop.LogControl1", ControlPath = "/org/freedesktop/LogControl1";

    private static readonly string[] s_levels = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    public static int Run(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        bool isLevel = words[0] == "log-level";
        return Common(caller, words[0], isLevel, Caller.ManagerName, Caller.ManagerPath, Caller.ManagerInterface, words.ElementAtOrDefault(1));
    }

    public static int RunService(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (session.MessageBus() is not { } caller || UnitNames.Mangle(words[1], settings.Quiet, operation: "to check") is not { } unit) { return 1; }
        string? name = caller.GetText(UnitPath.Of(unit), "org.freedesktop.systemd1.Service", "BusName", out BusError? error);
        if (error is not null) { return Log.Error($"Failed to obtain BusName= property of {unit}: {error}"); }
        if (name!.Length == 0)
        {
            _ = Log.Error($"Unit {unit} doesn't declare BusName=.");
            Log.Notice("Hint: the service must declare BusName= and implement the appropriate D-Bus interface.\n"
                + "      See the org.freedesktop.LogControl1(5) man page for details.");
            return 1;
        }
        return Common(caller, words[0], words[0] == "service-log-level", name, ControlPath, ControlInterface, words.ElementAtOrDefault(2));
    }

    private static int Common(Caller caller, string verb, bool isLevel, string name, string path, string @interface, string? value)
    {
        string property = isLevel ? "LogLevel" : "LogTarget", what = isLevel ? "log level" : "log target";
        if (value is null)
        {
            BusReply reply = caller.Get(path, @interface, property, name);
            if (reply.Failed) { return Log.Error($"Failed to get {what} of {name}: {reply.Error}"); }
            MessageReader reader = reply.Reader;
            Stdio.Line(BusValue.Read(ref reader).Content as string ?? "");
            return 0;
        }
        if (isLevel && !s_levels.Contains(value) && !(int.TryParse(value, out int number) && number is >= 0 and < 8))
        {
            return Log.Error($"\"{value}\" is not a valid log level.");
        }
        BusError? failed = Properties.Set(caller, name, path, @interface, property, "s", w => w.WriteString(value));
        _ = verb;
        return failed is null ? 0 : Log.Error($"Failed to set {what} of {name} to {value}: {failed}");
    }
}
