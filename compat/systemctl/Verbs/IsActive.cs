namespace SysMaster.Systemctl;

/// <summary>is-active, is-failed: a word for each unit, and an exit code for all.</summary>
internal static class IsActive
{
    private const int NotRunning = 3, NotFailed = 1;

    public static int Run(Session session, string[] words) => Check(session, words, NotRunning, "active", "reloading");

    public static int RunFailed(Session session, string[] words) => Check(session, words, NotFailed, "failed");

    private static int Check(Session session, string[] words, int otherwise, params string[] good)
    {
        if (session.Manager() is not { } caller) { return 1; }
        if (UnitNames.Expand(session, caller, words[1..]) is not { } names) { return 1; }
        bool found = false;
        foreach (string name in names)
        {
            BusError? error = null;
            // A template is nothing that runs: the manager says so of its object.
            string? state = UnitFiles.UnitName.TryParse(name, out UnitFiles.UnitName unit) && unit.IsTemplate
                ? caller.GetText(UnitPath.Of(name), Caller.UnitInterface, "ActiveState", out error) : UnitState.Active(caller, name, out error);
            if (state is null) { return Log.Error($"Failed to retrieve unit state: {error}"); }
            if (!session.Settings.Quiet) { Stdio.Line(state); }
            found |= good.Contains(state);
        }
        return found ? 0 : otherwise;
    }
}
