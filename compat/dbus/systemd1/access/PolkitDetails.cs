using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>What administrators' polkit rules look at: which unit, and which verb of systemctl.</summary>
internal static class PolkitDetails
{
    /// <returns>Empty strings where the action is not about one unit.</returns>
    public static (string Unit, string Verb) Of(MethodCall call, string member)
    {
        string verb = VerbOf(member);
        if (verb.Length == 0) { return ("", ""); }
        if (BusPath.TryToUnit(call.Message.Path, out UnitName name)) { return (name.Text, verb); }
        if (!call.Message.BodySignature.StartsWith("s"u8)) { return ("", ""); }
        MessageReader reader = call.Reader;
        return (reader.ReadText(), verb);
    }

    public static string MessageOf(string verb) => verb switch
    {
        "kill" => "Authentication is required to send a UNIX signal to the processes of '$(unit)'.",
        "reset-failed" => "Authentication is required to reset the \"failed\" state of '$(unit)'.",
        "set-property" => "Authentication is required to set properties on '$(unit)'.",
        "clean" => "Authentication is required to delete files and directories associated with '$(unit)'.",
        "freeze" => "Authentication is required to freeze or thaw the processes of '$(unit)' unit.",
        "thaw" => "Authentication is required to freeze or thaw the processes of '$(unit)' unit.",
        _ => $"Authentication is required to {verb} '$(unit)'.",
    };

    private static string VerbOf(string member)
    {
        string word = member.EndsWith("Unit", StringComparison.Ordinal) ? member[..^4] : member;
        return word switch
        {
            "Start" or "StartUnitWithFlags" or "StartUnitReplace" or "StartTransient" => "start",
            "Stop" => "stop",
            "Reload" => "reload",
            "Restart" => "restart",
            "TryRestart" => "try-restart",
            "ReloadOrRestart" => "reload-or-restart",
            "ReloadOrTryRestart" => "reload-or-try-restart",
            "Kill" => "kill",
            "ResetFailed" => "reset-failed",
            "SetProperties" or "SetUnitProperties" => "set-property",
            "Ref" => "ref",
            "Clean" => "clean",
            "Freeze" => "freeze",
            "Thaw" => "thaw",
            _ => "",
        };
    }
}
