namespace SysMaster.Core;

/// <summary>Markers=: what a package script or configuration management wants of a unit later (EnqueueMarkedJobs). org.freedesktop.systemd1(5).</summary>
[Flags]
public enum UnitMarkers : byte
{
    None = 0,
    NeedsReload = 1,
    NeedsRestart = 2,
}

/// <summary>The words of clients.</summary>
public static class UnitMarkersText
{
    /// <summary>None for a word that is no marker.</summary>
    public static UnitMarkers Parse(string word) => word switch
    {
        "needs-reload" => UnitMarkers.NeedsReload,
        "needs-restart" => UnitMarkers.NeedsRestart,
        _ => UnitMarkers.None,
    };

    public static string[] Words(this UnitMarkers markers) => markers switch
    {
        UnitMarkers.NeedsReload => ["needs-reload"],
        UnitMarkers.NeedsRestart => ["needs-restart"],
        UnitMarkers.None => [],
        _ => ["needs-reload", "needs-restart"],
    };
}
