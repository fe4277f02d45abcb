namespace SysMaster.Systemctl;

/// <summary>--with-dependencies: a unit, and all that it pulls in.</summary>
internal static class Dependencies
{
    public static readonly string[] Forward = ["Requires", "Requisite", "Wants", "ConsistsOf", "BindsTo", "Upholds"];
    public static readonly string[] Reverse = ["RequiredBy", "RequisiteOf", "WantedBy", "PartOf", "BoundBy", "UpheldBy"];
    public static readonly string[] After = ["After"];
    public static readonly string[] Before = ["Before"];

    public static string[] Of(DependencyDirection direction) => direction switch
    {
        DependencyDirection.Reverse => Reverse,
        DependencyDirection.After => After,
        DependencyDirection.Before => Before,
        _ => Forward,
    };

    /// <summary>The direct dependencies of one unit, sorted by name without regard to case, each once.</summary>
    /// <returns>Null after saying why.</returns>
    public static List<string>? Get(Caller caller, string unit, DependencyDirection direction)
    {
        BusReply reply = caller.GetAll(UnitPath.Of(unit), Caller.UnitInterface);
        if (reply.Failed)
        {
            _ = Log.Error($"Failed to get properties of {unit}: {reply.Error}");
            return null;
        }
        DBus.Wire.MessageReader reader = reply.Reader;
        var facts = new UnitFacts(BusValue.ReadProperties(ref reader));
        return [.. Of(direction).SelectMany(facts.Texts).Distinct()];
    }

    /// <summary>All of them, and what each of them pulls in itself.</summary>
    public static List<string>? Closure(Session session, Caller caller, IReadOnlyList<string> units)
    {
        var found = new List<string>();
        foreach (string unit in units)
        {
            if (Get(caller, unit, session.Settings.Dependency) is not { } more) { return null; }
            found.AddRange([unit, .. more]);
        }
        return [.. found.Distinct()];
    }
}
