namespace SysMaster.Systemctl;

/// <summary>The files of a unit are newer than what the manager has read.</summary>
internal static class ReloadWarning
{
    public static bool IsNeeded(Caller caller, string unit)
    {
        // Not by the path alone: that would load a unit nobody needs.
        if (UnitState.PathIfLoaded(caller, unit, out _) is not { } path) { return false; }
        return caller.GetValue(path, Caller.UnitInterface, "NeedDaemonReload", out _) is true;
    }

    public static void Say(string unit, Settings settings) => Log.Warning(
        $"{Colors.HighlightRed}Warning:{Colors.Normal} The unit file, source configuration file or drop-ins of {unit} changed on disk. "
        + $"Run 'systemctl{settings.UserWord} daemon-reload' to reload units.");
}
