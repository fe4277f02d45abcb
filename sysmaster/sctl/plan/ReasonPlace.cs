using SysMaster.Lint;

namespace SysMaster.Sctl.Plan;

/// <summary>Where the dependency was written by which one job pulls in another: on either side of it.</summary>
internal sealed class ReasonPlace(ManagerBus bus)
{
    /// <summary>Dependencies whose directive stands in the other unit's file, or is the other side's of a pair.</summary>
    private static readonly Dictionary<string, string> s_written = new(StringComparer.Ordinal)
    {
        ["RequiredBy"] = "Requires", ["RequisiteOf"] = "Requisite", ["BoundBy"] = "BindsTo", ["ConsistsOf"] = "PartOf", ["ConflictedBy"] = "Conflicts", ["WantedBy"] = "Wants",
        ["UpheldBy"] = "Upholds", ["PropagatesStopTo"] = "StopPropagatedFrom", ["PropagatesReloadTo"] = "ReloadPropagatedFrom",
    };

    private readonly Dictionary<string, string[]> _files = new(StringComparer.Ordinal);

    /// <returns>"file:line" or a link; null for one that nobody wrote (implied, by default).</returns>
    public string? Of(PlannedReason reason, string unit)
    {
        foreach (string how in reason.How.Split(' '))
        {
            string? place = EdgePlace.InFiles(reason.By, FilesOf(reason.By), [how], unit)
                ?? (how is "Wants" or "Requires" or "Upholds" ? EdgePlace.InLinks(reason.By, how.ToLowerInvariant(), unit) : null)
                ?? (s_written.TryGetValue(how, out string? inverse) ? EdgePlace.InFiles(unit, FilesOf(unit), [inverse], reason.By) : null);
            if (place is not null) { return place; }
        }
        return null;
    }

    private string[] FilesOf(string unit)
    {
        if (_files.TryGetValue(unit, out string[]? files)) { return files; }
        UnitFacts? facts = UnitFacts.PathOf(bus, unit, out _) is { } path ? UnitFacts.Of(bus, path, out _) : null;
        return _files[unit] = facts is null ? [] : facts.Text("FragmentPath") is { Length: > 0 } file ? [file, .. facts.Texts("DropInPaths")] : facts.Texts("DropInPaths");
    }
}
