using System.Globalization;
using SysMaster.Lint;

namespace SysMaster.Sctl.Why;

/// <summary>
/// From a unit's state to what it is so because of, edge by edge: a running one to those that want it, up to the goal of the boot; one that does
/// not run to the job, condition, failure or missing wish that keeps it so. Each unit is told of once.
/// </summary>
internal sealed class CauseFinder(ManagerBus bus)
{
    private const int MaxDepth = 12;

    private static readonly (string Property, string Word, string[] Keys, string Suffix)[] s_wishes =
    [
        ("RequiredBy", "requires it", ["Requires"], "requires"),
        ("BoundBy", "is bound to it", ["BindsTo"], ""),
        ("WantedBy", "wants it", ["Wants"], "wants"),
        ("UpheldBy", "upholds it", ["Upholds"], "upholds"),
        ("TriggeredBy", "triggers it", ["Service", "Unit"], ""),
    ];

    private static readonly (string Property, string Directive)[] s_needs = [("Requires", "Requires"), ("Requisite", "Requisite"), ("BindsTo", "BindsTo")];

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <param name="failure">Why nothing can be said; null when something is.</param>
    public Cause? Find(string unit, out string? failure)
    {
        failure = null;
        return UnitFacts.PathOf(bus, unit, out failure) is { } path && UnitFacts.Of(bus, path, out failure) is { } facts ? Explain(facts, 0) : null;
    }

    private Cause Explain(UnitFacts facts, int depth)
    {
        string unit = facts.Text("Id"), active = facts.Text("ActiveState");
        var cause = new Cause(unit, State(facts), null);
        if (!_told.Add(unit) || depth >= MaxDepth) { return cause; }
        if (facts.Text("LoadState") is not ("loaded" or "merged")) { Load(facts, cause); }
        else if (facts.Pair("Job").Second is { Length: > 1 } job) { Job(facts, job, cause, depth); }
        else if (active is "active" or "reloading" or "activating") { Wishes(facts, cause, depth); }
        else { Idle(facts, cause, depth); }
        return cause;
    }

    private static string State(UnitFacts facts)
    {
        string state = $"is {facts.Text("ActiveState")} ({facts.Text("SubState")})";
        ulong restarts = facts.Number("NRestarts");
        if (Failure(facts) is { Length: > 0 } failure) { state += ": " + failure; }
        if (restarts > 0) { state += string.Create(CultureInfo.InvariantCulture, $", restarted {restarts} times"); }
        ulong begun = facts.Number("InactiveExitTimestampMonotonic"), up = facts.Number("ActiveEnterTimestampMonotonic");
        if (facts.Text("ActiveState") == "active" && up > begun + 1_000_000) { state += string.Create(CultureInfo.InvariantCulture, $", its start took {(up - begun) / 1e6:0.0} s"); }
        return state;
    }

    private static string Failure(UnitFacts facts)
    {
        string result = facts.Text("Result");
        if (result is "" or "success") { return ""; }
        string how = facts.Number("ExecMainCode") switch
        {
            1 => string.Create(CultureInfo.InvariantCulture, $" (process {facts.Number("ExecMainPID")} ended with status {facts.Number("ExecMainStatus")})"),
            2 or 3 => string.Create(CultureInfo.InvariantCulture, $" (process {facts.Number("ExecMainPID")} ended by signal {facts.Number("ExecMainStatus")})"),
            _ => "",
        };
        return result switch
        {
            "start-limit-hit" => string.Create(CultureInfo.InvariantCulture, $"started more than {facts.Number("StartLimitBurst")} times in {facts.Number("StartLimitIntervalUSec") / 1e6:0.#} s{how}"),
            _ => result + how,
        };
    }

    private static void Load(UnitFacts facts, Cause cause)
    {
        string text = facts.Text("LoadState") switch
        {
            "not-found" => "no unit file of that name is there",
            "masked" => "it is masked",
            _ => facts.Pair("LoadError").Second is { Length: > 0 } error ? error : "its files cannot be used",
        };
        cause.Because.Add(new Cause(cause.Unit, text, facts.Text("FragmentPath") is { Length: > 0 } file ? file : null));
    }

    private void Job(UnitFacts facts, string path, Cause cause, int depth)
    {
        if (UnitFacts.Of(bus, path, out _) is not { } job) { return; }
        string type = job.Text("JobType");
        var under = new Cause(cause.Unit, $"a {type} job is {job.Text("State")}", null);
        cause.Because.Add(under);
        if (job.Text("State") == "running" && type is "stop" or "restart")
        {
            under.Because.AddRange(Lingering.Of(bus, cause.Unit));
            return;
        }
        if (job.Text("State") == "running")
        {
            ulong pid = facts.Number("ControlPID") is var control && control != 0 ? control : facts.Number("MainPID");
            if (pid != 0) { under.Because.Add(new Cause(cause.Unit, string.Create(CultureInfo.InvariantCulture, $"process {pid} is at work{(facts.Text("StatusText") is { Length: > 0 } status ? $": {status}" : "")}"), null)); }
            return;
        }

        // A start waits for all jobs of those it comes after; a stop for the stops of those that came after it.
        foreach (string property in type is "stop" ? (string[])["Before", "After"] : ["After"])
        {
            foreach ((string name, UnitFacts other) in Units(facts.Texts(property)).Where(one => one.Facts.Pair("Job").Second.Length > 1))
            {
                Cause waits = new(name, $"comes first ({property}=)", Place(facts, [property, property == "After" ? "Before" : "After"], name, other));
                waits.Because.AddRange(Explain(other, depth + 1).Because);
                under.Because.Add(waits);
            }
        }
    }

    private void Wishes(UnitFacts facts, Cause cause, int depth)
    {
        if (facts.Text("SubState") == "auto-restart") { cause.Because.Add(new Cause(cause.Unit, string.Create(CultureInfo.InvariantCulture, $"Restart={facts.Text("Restart")}, tried again {facts.Number("RestartUSec") / 1e6:0.#} s after each end"), null)); }
        foreach ((string property, string word, string[] keys, string suffix) in s_wishes)
        {
            foreach ((string name, UnitFacts other) in Units(facts.Texts(property)).Where(one => one.Facts.Text("ActiveState") is "active" or "activating" or "reloading"))
            {
                string? place = EdgePlace.InFiles(name, Files(other), keys, cause.Unit) ?? (suffix.Length > 0 ? EdgePlace.InLinks(name, suffix, cause.Unit) : null);
                Cause wish = new(name, word, place);
                wish.Because.AddRange(Explain(other, depth + 1).Because);
                cause.Because.Add(wish);
            }
        }

        if (cause.Because.Count == 0)
        {
            string text = cause.Unit.EndsWith(".target", StringComparison.Ordinal) && facts.Texts("Names").Contains("default.target") ? "it is default.target, the goal of the boot"
                : facts.Is("Transient") ? "a client made it" : "no unit asks for it: a client started it, or it was there when the manager came (`sctl history`, `journalctl -u`)";
            cause.Because.Add(new Cause(cause.Unit, text, null));
        }
    }

    private void Idle(UnitFacts facts, Cause cause, int depth)
    {
        foreach ((string result, string list) in (ReadOnlySpan<(string, string)>)[("ConditionResult", "Conditions"), ("AssertResult", "Asserts")])
        {
            if (facts.Is(result) || facts.Number("ConditionTimestampMonotonic") == 0) { continue; }
            foreach (string condition in facts.Untrue(list)) { cause.Because.Add(new Cause(cause.Unit, $"{condition} was not so when it was last to be started", facts.Text("FragmentPath"))); }
        }

        foreach ((string property, string directive) in s_needs)
        {
            foreach ((string name, UnitFacts other) in Units(facts.Texts(property)).Where(one => one.Facts.Text("ActiveState") == "failed" || one.Facts.Text("LoadState") is not ("loaded" or "merged")))
            {
                Cause need = new(name, $"is needed ({directive}=) and {State(other)}", Place(facts, [directive], name, other));
                need.Because.AddRange(Explain(other, depth + 1).Because);
                cause.Because.Add(need);
            }
        }

        foreach ((string name, _) in Units(facts.Texts("Conflicts")).Where(one => one.Facts.Text("ActiveState") is "active" or "activating"))
        {
            cause.Because.Add(new Cause(name, "is active, and the two exclude each other (Conflicts=)", EdgePlace.InFiles(cause.Unit, Files(facts), ["Conflicts"], name)));
        }

        if (cause.Because.Count > 0 || facts.Text("ActiveState") == "failed") { return; }
        string[] asking = [.. s_wishes.SelectMany(wish => facts.Texts(wish.Property)).Distinct()];
        cause.Because.Add(new Cause(cause.Unit, (asking.Length, facts.Number("InactiveEnterTimestampMonotonic")) switch
        {
            ( > 0, 0) => $"it has not been started since the boot; {string.Join(", ", asking)} would start it",
            (_, 0) => facts.Text("UnitFileState") is "disabled" ? "it is disabled, and nothing asks for it" : "nothing asks for it, and it has not been started since the boot",
            _ => facts.Is("StopWhenUnneeded") ? "it was stopped: nobody needed it any more (StopWhenUnneeded=)" : "it has ended, or was stopped (`sctl history`, `journalctl -u`)",
        }, null));
    }

    private static string[] Files(UnitFacts facts) => facts.Text("FragmentPath") is { Length: > 0 } file ? [file, .. facts.Texts("DropInPaths")] : facts.Texts("DropInPaths");

    /// <summary>An edge is written on either side of it.</summary>
    private static string? Place(UnitFacts facts, string[] keys, string other, UnitFacts otherFacts) =>
        EdgePlace.InFiles(facts.Text("Id"), Files(facts), [keys[0]], other)
        ?? (keys[0] is "Requires" or "Wants" ? EdgePlace.InLinks(facts.Text("Id"), keys[0].ToLowerInvariant(), other) : null)
        ?? (keys.Length > 1 ? EdgePlace.InFiles(other, Files(otherFacts), [keys[1]], facts.Text("Id")) : null);

    private IEnumerable<(string Name, UnitFacts Facts)> Units(string[] names)
    {
        foreach (string name in names)
        {
            if (UnitFacts.PathOf(bus, name, out _) is { } path && UnitFacts.Of(bus, path, out _) is { } facts) { yield return (name, facts); }
        }
    }
}
