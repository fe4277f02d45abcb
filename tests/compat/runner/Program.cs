using SysMaster.Compat;

// compat ROOT CACHE [--jobs N] [--refresh] [--once] [--later] [--parity] [--stale] [--rotate] [--random N] [--seed N] [--raw] [--write DIR] [--lines N] [--overlay DIR] [--measured MANAGER] [--client systemd|sysmaster] [--aspect NAME] [NAME...]
string root = args[0], cache = Path.Combine(args[1], "compat");
Environment.SetEnvironmentVariable("SYSMASTER_CACHE", args[1]);   // the rig looks for its root file systems there
var names = new List<string>();
string extra = "", aspectShown = "", write = "", measured = "sysmaster", client = "systemd";
int jobs = 2, shown = 25, random = 0;
ulong seed = (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).TotalDays;
bool once = false, raw = false, refresh = false, parity = false, stale = false, rotate = false, later = false;
for (int i = 2; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--jobs": jobs = int.Parse(args[++i]); break;
        case "--lines": shown = int.Parse(args[++i]); break;
        case "--aspect": aspectShown = args[++i]; stale = true; break;
        case "--overlay": extra = args[++i]; break;
        case "--measured": measured = args[++i]; break;
        case "--client": client = args[++i]; break;
        case "--once": once = true; break;
        case "--later": later = true; break;
        case "--refresh": refresh = true; break;
        case "--parity": parity = true; break;
        case "--rotate": rotate = true; break;
        case "--stale": stale = true; break;
        case "--random": random = int.Parse(args[++i]); break;
        case "--raw": raw = true; break;
        case "--write": write = args[++i]; break;
        case "--seed": seed = ulong.Parse(args[++i]); break;
        default: names.Add(args[i]); break;
    }
}

string folder = Path.Combine(root, "tests/compat/scenarios"), page = Path.Combine(root, "docs/parity.md");
var player = new Player(root, cache, extra, jobs) { Once = once, Refresh = refresh, Stale = stale, Measured = measured, Client = client, LaterToo = later };
if (write.Length > 0)
{
    RandomRun.Write(random, seed, write);
    return 0;
}

if (random > 0)
{
    (int same, int different, int unstable) = new RandomRun(player, Path.Combine(folder, "found")) { Shrinks = !raw }.Run(random, seed);
    Console.WriteLine($"seed {seed}: {same} equal, {different} different, {unstable} where systemd does not always do the same");
    Console.WriteLine($"{same} passed, {different} failed, {unstable} skipped");
    return different == 0 ? 0 : 1;
}

string[] all = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
List<Scenario> scenarios = [.. all
    .Where(n => names.Count == 0 || names.Exists(w => n.Contains(w, StringComparison.Ordinal)))
    .Select(n => Scenario.Read(Path.Combine(folder, n), n))];
int skipped = 0;
if (rotate)
{
    // A part of them each day, so that a run on two cores takes minutes; what is known to differ is said, not played.
    HashSet<string> known = Parity.KnownToDiffer(page);
    foreach (Scenario s in scenarios.Where(s => known.Contains(s.Name))) { Console.WriteLine($"{s.Name}: differs (docs/parity.md)"); }
    skipped = scenarios.RemoveAll(s => known.Contains(s.Name) || s.Name.Sum(c => c) % 6 != DateTime.UtcNow.DayOfYear % 6);
}

IReadOnlyList<Verdict> verdicts = player.Play(scenarios, keep: true, Observed.Aspects);
foreach (Verdict verdict in verdicts)
{
    if (aspectShown.Length > 0) { Report.Both(player, verdict.Scenario, aspectShown); }
    else if (verdict.Outcome is Outcome.Different or Outcome.Refused) { Report.Difference(verdict, shown); }
    if (later && verdict.LaterOnly.Count > 0) { Report.Later(verdict, shown); }
}
if (parity) { Parity.Write(page, all, verdicts); }
int Count(Outcome outcome) => verdicts.Count(v => v.Outcome == outcome);
int bad = Count(Outcome.Different) + Count(Outcome.Refused);
Console.WriteLine($"{Count(Outcome.Equal)} equal, {Count(Outcome.Argued)} argued, {Count(Outcome.Different)} different, {Count(Outcome.Refused)} refused");
Console.WriteLine($"{verdicts.Count - bad} passed, {bad} failed, {skipped} skipped");
return bad == 0 ? 0 : 1;
