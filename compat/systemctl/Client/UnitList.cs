using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>The units in memory, as the settings choose them.</summary>
internal static class UnitList
{
    /// <param name="patterns">Of names; empty for all.</param>
    /// <returns>Unsorted; null after saying why.</returns>
    public static List<UnitInfo>? Get(Session session, Caller caller, IReadOnlyList<string> patterns, string machine = "")
    {
        Settings settings = session.Settings;
        BusReply reply = caller.Manager("ListUnitsByPatterns", "asas", w =>
        {
            w.WriteStrings(settings.States.ToArray());
            w.WriteStrings(patterns.ToArray());
        });
        if (reply.Failed && reply.Error!.Is(BusError.UnknownMethod, BusError.AccessDenied))
        {
            // Managers before version 230.
            Log.Debug($"Failed to list units: {reply.Error} Falling back to ListUnitsFiltered method.");
            reply = caller.Manager("ListUnitsFiltered", "as", w => w.WriteStrings(settings.States.ToArray()));
        }
        reply = reply.Expect(UnitInfo.Signature);
        if (reply.Failed)
        {
            _ = Log.Error($"Failed to list units: {reply.Error}");
            return null;
        }
        MessageReader reader = reply.Reader;
        return [.. UnitInfo.Read(ref reader, machine).Where(u
            => IsWanted(u, settings) && (patterns.Count == 0 || patterns.Any(p => UnitFiles.Install.Glob.Matches(p, u.Id))))];
    }

    /// <summary>Without --all: nothing that follows another, nothing that is idle.</summary>
    public static bool IsWanted(UnitInfo unit, Settings settings)
    {
        if (settings.Types.Count > 0 && !settings.Types.Contains(unit.Suffix.TrimStart('.'))) { return false; }
        if (settings.All) { return true; }
        if (unit.Following.Length > 0) { return false; }
        return settings.States.Count > 0 || unit.JobId > 0 || unit.Active != "inactive";
    }
}
