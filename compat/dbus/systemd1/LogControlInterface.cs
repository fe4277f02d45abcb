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
            new("LogLevel", "s", Emits.Nothing, static (_, w) => WriteLevel(w), static (BusFront f, MethodCall call, ref MessageReader v) => SetLevel(f, call, ref v),
                Access.Privileged, MemberFlags.Privileged),
            new("LogTarget", "s", Emits.Nothing, static (_, w) => WriteTarget(w), static (BusFront f, MethodCall call, ref MessageReader v) => SetTarget(f, call, ref v),
                Access.Privileged, MemberFlags.Privileged),
            new("SyslogIdentifier", "s", Emits.Nothing, static (_, w) => w.WriteString("systemd")),
        ],
    };

    public static void WriteLevel(MessageWriter w) => w.WriteString(LogLevelNames.Of(Log.MaxLevel));

    public static void WriteTarget(MessageWriter w) => w.WriteString(LogTargetNames.Of(Log.Target));

    public static void SetLevel(BusFront f, MethodCall call, ref MessageReader value)
    {
        string word = value.ReadText();
        if (LogLevelNames.TryParse(word, out LogLevel level)) { f.Manager.Choices.SetLogLevel(level); }
        else { call.Error(BusErrors.InvalidArgs, $"Invalid log level '{word}'"); }
    }

    public static void SetTarget(BusFront f, MethodCall call, ref MessageReader value)
    {
        string word = value.ReadText();
        if (LogTargetNames.TryParse(word, out LogTarget target)) { f.Manager.Choices.SetLogTarget(target); }
        else { call.Error(BusErrors.InvalidArgs, $"Invalid log target '{word}'"); }
    }
}
