using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>org.freedesktop.LogControl1, and the same two properties of the Manager interface.</summary>
internal static class LogControlInterface
{
    public static readonly BusInterface<BusFront> Declaration = new("org.freedesktop.LogControl1")
    {
        Properties =
        [
            new("LogLevel", "s", Emits.Nothing, static (_, w) => WriteLevel(w), static (BusFront _, MethodCall call, ref MessageReader v) => SetLevel(call, ref v),
                Access.Privileged, MemberFlags.Privileged),
            new("LogTarget", "s", Emits.Nothing, static (_, w) => WriteTarget(w), static (BusFront _, MethodCall call, ref MessageReader v) => SetTarget(call, ref v),
                Access.Privileged, MemberFlags.Privileged),
            new("SyslogIdentifier", "s", Emits.Nothing, static (_, w) => w.WriteString("systemd")),
        ],
    };

    public static void WriteLevel(MessageWriter w) => w.WriteString(LogLevelNames.Of(Log.MaxLevel));

    public static void WriteTarget(MessageWriter w) => w.WriteString(LogTargetNames.Of(Log.Target));

    public static void SetLevel(MethodCall call, ref MessageReader value)
    {
        string word = value.ReadText();
        if (LogLevelNames.TryParse(word, out LogLevel level)) { Log.MaxLevel = level; }
        else { call.Error(BusErrors.InvalidArgs, $"Invalid log level '{word}'"); }
    }

    public static void SetTarget(MethodCall call, ref MessageReader value)
    {
        string word = value.ReadText();
        if (LogTargetNames.TryParse(word, out LogTarget target)) { Log.Target = target; }
        else { call.Error(BusErrors.InvalidArgs, $"Invalid log target '{word}'"); }
    }
}
