using System.Globalization;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>The page of one unit: labels to the left of column twelve, facts to the right, its processes, its last log lines.</summary>
internal sealed partial class UnitStatus(Session session, Caller caller, UnitFacts facts)
{
    private const string Indent = "             ";

    private static readonly HashSet<string> s_badLoads = ["error", "not-found", "bad-setting"];

    private readonly Settings _settings = session.Settings;

    /// <summary>Some line was cut to the terminal's width.</summary>
    public bool HasEllipsis { get; private set; }

    /// <summary>LSB: 0 runs, 3 does not, 1 dead with a PID file left.</summary>
    public int ExitCode => facts.Active switch
    {
        "inactive" or "failed" => facts.Text("PIDFile").Length > 0 && Sys.Exists(new ByteText(facts.Text("PIDFile"))) ? 1 : 3,
        _ => 0,
    };

    private string DotColor => facts.Active switch
    {
        "failed" => Colors.HighlightRed,
        "active" or "reloading" => Colors.HighlightGreen,
        "activating" or "deactivating" or "maintenance" => Colors.HighlightYellow,
        _ => "",
    };

    public void Print()
    {
        PrintTitle();
        PrintLoaded();
        PrintDropIns();
        PrintActive();
        PrintTriggers();
        PrintConditions();
        PrintThings();
        PrintProcesses();
        PrintResources();
        PrintCgroup();
        PrintJournal();
        if (facts.Flag("NeedDaemonReload")) { ReloadWarning.Say(facts.Id, _settings); }
    }

    private static string Painted(string color, string text) => color.Length > 0 ? $"{color}{text}{Colors.Normal}" : text;

    private static void Label(string label, string text) => Stdio.Line($"{label.PadLeft(12)} {text}");

    private void PrintTitle()
    {
        string description = facts.Text("Description");
        string title = description.Length > 0 && description != facts.Id ? $"{facts.Id} - {description}" : facts.Id;
        Stdio.Line($"{Painted(DotColor, Marker.Of(facts.Active))} {title}");
        if (facts.Text("Following") is { Length: > 0 } followed) { Label("Follows:", $"unit currently follows state of {followed}"); }
    }

    private void PrintLoaded()
    {
        string load = facts.Text("LoadState");
        string word = Painted(s_badLoads.Contains(load) ? Colors.HighlightRed : "", load);
        string path = facts.Text("SourcePath") is { Length: > 0 } source ? source : facts.Text("FragmentPath");
        string file = facts.Text("UnitFileState");
        if (facts.Get("LoadError") is object[] { Length: 2 } error && error[1] is string { Length: > 0 } reason)
        {
            Label("Loaded:", $"{word} (Reason: {reason})");
        }
        else if (path.Length > 0 && file.Length > 0)
        {
            string preset = facts.Text("UnitFilePreset");
            bool isShown = preset.Length > 0 && FileStates.HasPreset(file);
            string more = (isShown ? "; preset: " : "") + Painted(FileStates.PresetColor(preset), isShown ? preset : "");
            Label("Loaded:", $"{word} ({Link.ToFile(path)}; {Painted(FileStates.Color(file), file)}{more})");
        }
        else { Label("Loaded:", path.Length > 0 ? $"{word} ({Link.ToFile(path)})" : word); }
        if (facts.Flag("Transient")) { Label("Transient:", "yes"); }
    }

    private void PrintDropIns()
    {
        string? directory = null;
        string[] files = facts.Texts("DropInPaths");
        for (int i = 0; i < files.Length; i++)
        {
            int slash = files[i].LastIndexOf('/');
            if (directory != files[i][..slash])
            {
                Stdio.Line((directory is null ? "    Drop-In: " : Indent) + files[i][..slash]);
                Stdio.Write(Indent + Tree.Last);
                directory = files[i][..slash];
            }
            bool isLast = i + 1 == files.Length || files[i + 1][..files[i + 1].LastIndexOf('/')] != directory;
            Stdio.Write(files[i][(slash + 1)..] + (isLast ? "\n" : ", "));
        }
    }

    private void PrintActive()
    {
        string active = facts.Active, sub = facts.Text("SubState");
        string color = DotColor;
        string words = active == sub ? active : $"{active} ({sub})";
        string result = facts.Text("Result");
        string ended = result.Length > 0 && result != "success" ? $" (Result: {result})" : "";
        if (facts.Text("LoadError").Length == 0 && active == sub) { words = active; }
        ulong when = facts.Number(active switch
        {
            "active" or "reloading" => "ActiveEnterTimestamp",
            "inactive" or "failed" => "InactiveEnterTimestamp",
            "activating" => "InactiveExitTimestamp",
            _ => "ActiveExitTimestamp",
        });
        string since = when is 0 or ulong.MaxValue ? "" : $" since {TimeWords.Moment(when, _settings.Timestamp)}; {TimeWords.Relative(when)}";
        Label("Active:", $"{Painted(color, words)}{ended}{since}");
        PrintUntil(when);
        ulong entered = facts.Number("ActiveEnterTimestamp"), left = facts.Number("ActiveExitTimestamp");
        if (active is "inactive" or "failed" && entered > 0 && left >= entered && !facts.Id.EndsWith(".target", StringComparison.Ordinal))
        {
            Label("Duration:", TimeWords.Span(left - entered, Usec.PerMsec));
        }
    }

    private void PrintUntil(ulong since)
    {
        ulong limit = facts.Number("RuntimeMaxUSec", ulong.MaxValue);
        if (limit == ulong.MaxValue || since is 0 or ulong.MaxValue || facts.Active is not ("active" or "reloading")) { return; }
        ulong until = since + limit;
        Label("Until:", $"{TimeWords.Moment(until, _settings.Timestamp)}; {TimeWords.Relative(until)}");
    }

    private void PrintTriggers()
    {
        Dots("TriggeredBy:", facts.Texts("TriggeredBy"));
        if (facts.Id.EndsWith(".timer", StringComparison.Ordinal)) { PrintElapse(); }
        Dots("Triggers:", facts.Texts("Triggers"), "active");
    }

    private void PrintElapse()
    {
        ulong next = ListTimers.NextElapse(facts.Number("NextElapseUSecRealtime"), facts.Number("NextElapseUSecMonotonic"));
        Label("Trigger:", next is 0 or ulong.MaxValue ? "n/a" : $"{TimeWords.Moment(next, _settings.Timestamp)}; {TimeWords.Relative(next)}");
    }

    /// <param name="sign">The state whose sign all have; "" for each its own.</param>
    private void Dots(string label, string[] units, string sign = "")
    {
        foreach (string unit in units)
        {
            string state = UnitState.Active(caller, unit, out _) ?? "";
            string color = Marker.ColorOf(state);
            Stdio.Line($"{label,12}"[..12] + $" {Painted(color, Marker.Of(sign.Length > 0 ? sign : state))} {unit}");
            label = "";
        }
    }

    private void PrintConditions()
    {
        PrintUnmet("ConditionResult", "ConditionTimestamp", "Conditions", "Condition:", "condition");
        PrintUnmet("AssertResult", "AssertTimestamp", "Asserts", "Assert:", "assertion");
    }

    private void PrintUnmet(string result, string timestamp, string list, string label, string word)
    {
        ulong when = facts.Number(timestamp);
        if (facts.Flag(result) || when == 0) { return; }
        string failed = word == "condition" ? Painted(Colors.HighlightYellow, "condition failed") : Painted(Colors.HighlightRed, "assertion failed");
        Label(label, $"start {failed} at {TimeWords.Moment(when, _settings.Timestamp)}; {TimeWords.Relative(when)}");
        object[][] unmet = [.. facts.Structs(list).Where(c => c[4] is < 0)];
        for (int i = 0; i < unmet.Length; i++)
        {
            object[] c = unmet[i];
            string stroke = i + 1 < unmet.Length ? Tree.Branch : Tree.Last, trigger = c[1] is true ? "|" : "", negate = c[2] is true ? "!" : "";
            Stdio.Line($"{Indent}{stroke} {c[0]}={trigger}{negate}{c[3]} was not met");
        }
    }

    private void PrintThings()
    {
        if (facts.Text("SysFSPath") is { Length: > 0 } device) { Label("Device:", device); }
        if (facts.Text("Where") is { Length: > 0 } where) { Label("Where:", where); }
        if (facts.Text("What") is { Length: > 0 } what) { Label("What:", what); }
        string label = "Docs:";
        foreach (string page in facts.Texts("Documentation"))
        {
            Label(label, Link.To(page, page));
            label = "";
        }
        label = "Listen:";
        foreach (object[] listen in facts.Structs("Listen"))
        {
            Label(label, $"{listen[1]} ({listen[0]})");
            label = "";
        }
        if (!facts.Flag("Accept")) { return; }
        ulong refused = facts.Number("NRefused");
        Label("Accepted:", string.Create(CultureInfo.InvariantCulture,
            $"{facts.Number("NAccepted")}; Connected: {facts.Number("NConnections")};{(refused > 0 ? $"  Refused: {refused}" : "")}"));
    }
}
