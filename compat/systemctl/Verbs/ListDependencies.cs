namespace SysMaster.Systemctl;

/// <summary>list-dependencies: a tree of what units pull in, order after, or are pulled in by.</summary>
internal static class ListDependencies
{
    public static int Run(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Settings settings = session.Settings;
        List<string>? units = words.Length > 1 ? UnitNames.Expand(session, caller, words[1..]) : ["default.target"];
        if (units is null) { return 1; }
        Pager.Open(settings);
        bool isFirst = true;
        foreach (string unit in units)
        {
            if (!isFirst) { Stdio.Line(); }
            isFirst = false;
            Stdio.Line(unit);
            if (!new Walk(caller, settings).Below(unit, [])) { return 1; }
        }
        return 0;
    }

    private sealed class Walk(Caller caller, Settings settings)
    {
        private const int LeastColumns = 20;

        /// <summary>The branch that is being drawn; in a plain list, all that was listed.</summary>
        private readonly List<string> _seen = [];

        /// <param name="isLast">For each level above, whether nothing follows it there.</param>
        public bool Below(string unit, List<bool> isLast)
        {
            _seen.Add(unit);
            if (Dependencies.Get(caller, unit, settings.Dependency) is not { } units) { return false; }
            units.Sort(Compare);
            for (int i = 0; i < units.Count; i++)
            {
                bool last = i + 1 == units.Count;
                if (_seen.Contains(units[i]))
                {
                    // A circle: drawn once, and nothing after it.
                    if (!settings.Plain) { Stdio.Line("  " + Strokes(isLast, true) + "..."); return Leave(unit); }
                    continue;
                }
                Stdio.Line(Dot(units[i]) + Strokes(isLast, last) + Cut(units[i], isLast.Count));
                bool goesOn = settings.All || units[i].EndsWith(".target", StringComparison.Ordinal);
                if (goesOn && !Below(units[i], [.. isLast, last])) { return false; }
                if (!goesOn && settings.Plain) { _seen.Add(units[i]); }
            }
            return Leave(unit);
        }

        private bool Leave(string unit)
        {
            if (!settings.Plain) { _seen.Remove(unit); }
            return true;
        }

        // The strokes count, the sign before them does not.
        private string Cut(string unit, int depth)
            => settings.Plain || settings.Full ? unit : Texts.Ellipsize(unit, Math.Max(Tty.Columns, LeastColumns) - (2 * (depth + 1)), 100);

        private string Dot(string unit)
        {
            if (settings.Plain) { return "  "; }
            string state = UnitState.Active(caller, unit, out _) ?? "";
            string color = state == "inactive" ? Colors.Normal : Marker.ColorOf(state);
            return color.Length > 0 ? $"{color}{Marker.Of(state)}{Colors.Normal} " : $"{Marker.Of(state)} ";
        }

        private string Strokes(List<bool> above, bool last) => settings.Plain
            ? ""
            : string.Concat(above.Select(a => a ? Tree.Space : Tree.Vertical)) + (last ? Tree.Last : Tree.Branch);

        // Targets, which have branches of their own, come last.
        private static int Compare(string a, string b)
        {
            bool isTargetA = a.EndsWith(".target", StringComparison.Ordinal), isTargetB = b.EndsWith(".target", StringComparison.Ordinal);
            return isTargetA != isTargetB ? (isTargetA ? 1 : -1) : CaseFold.Compare(a, b);
        }
    }
}
