using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>A stopped service whose socket still listens will be back.</summary>
internal static class TriggerWarning
{
    public static void Say(Caller caller, string unit)
    {
        string path = UnitPath.Of(unit);
        if (caller.GetText(path, Caller.UnitInterface, "LoadState", out _) is null or "masked") { return; }
        object? triggers = caller.GetValue(path, Caller.UnitInterface, "TriggeredBy", out BusError? error);
        if (error is not null)
        {
            _ = Log.Error($"Failed to get triggered by array of {unit}: {error}");
            return;
        }
        bool isFirst = true;
        foreach (string trigger in ((object[])triggers!).Cast<string>())
        {
            if (UnitState.Active(caller, trigger, out _) is not ("active" or "reloading")) { continue; }
            if (isFirst) { Log.Warning($"Warning: Stopping {unit}, but it can still be activated by:"); }
            isFirst = false;
            Log.Warning($"  {trigger}");
        }
    }
}
