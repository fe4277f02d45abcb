using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

internal enum LogindResult
{
    Done,

    /// <summary>It said no, or does it already.</summary>
    Refused,

    /// <summary>It is not there.</summary>
    TryOtherwise,
}

/// <summary>logind, as far as powers go.</summary>
internal static class LogindPower
{
    public const string Name = "org.freedesktop.login1", Path = "/org/freedesktop/login1", Interface = "org.freedesktop.login1.Manager";

    private const ulong RootChecksInhibitors = 1, OnlyUserSpace = 4;

    public static LogindResult Ask(Session session, PowerAction action)
    {
        Settings settings = session.Settings;
        string method = action.Logind + "WithFlags";
        if (session.MessageBus() is not { } caller) { return LogindResult.TryOtherwise; }
        Log.Debug($"{(settings.DryRun ? "Would execute" : "Executing")} org.freedesktop.login1.Manager {method} dbus call.");
        if (settings.DryRun) { return LogindResult.Done; }
        SetWallMessage(session, caller);
        Agents.Open(settings);
        ulong flags = (settings.CheckInhibitors == true ? RootChecksInhibitors : 0) | (action == PowerAction.SoftReboot ? OnlyUserSpace : 0);
        BusReply reply = Call(caller, method, "t", w => w.WriteUInt64(flags));
        if (reply.Failed && flags == 0 && reply.Error!.Is(BusError.UnknownMethod))
        {
            Log.Debug($"Method {method} not available: {reply.Error}. Falling back to {action.Logind}");
            method = action.Logind;
            reply = Call(caller, method, "b", w => w.WriteBoolean(settings.AskPassword));
        }
        if (!reply.Failed) { return LogindResult.Done; }
        // logind before 254 knows no such end and refuses the flag: the manager may know it.
        if (action == PowerAction.SoftReboot && reply.Error!.Is("org.freedesktop.DBus.Error.InvalidArgs")) { return LogindResult.TryOtherwise; }
        _ = Log.Error($"Call to {method} failed: {reply.Error}");
        return reply.Error!.Is(BusError.AccessDenied, BusError.Interactive, BusError.NotSupported, "org.freedesktop.login1.OperationInProgress",
            "org.freedesktop.login1.SleepVerbNotSupported")
            ? LogindResult.Refused
            : LogindResult.TryOtherwise;
    }

    public static BusReply Call(Caller caller, string method, string signature = "", Action<MessageWriter>? arguments = null)
        => caller.Method(Name, Path, Interface, method, signature, arguments);

    /// <summary>What users at terminals are told, or that they are not.</summary>
    public static void SetWallMessage(Session session, Caller caller)
    {
        Settings settings = session.Settings;
        if (settings.Message.Length == 0 && !settings.NoWall) { return; }
        BusReply reply = Call(caller, "SetWallMessage", "sb", w => { w.WriteString(settings.Message); w.WriteBoolean(!settings.NoWall); });
        if (reply.Failed) { Log.Warning($"Failed to set wall message, ignoring: {reply.Error}"); }
    }
}
