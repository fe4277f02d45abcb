using System.Security.Cryptography;
using SysMaster.Compat;

// compat ROOT CACHE [--jobs N] [--refresh] [--parity] [--stale] [--rotate] [--lines N] [--overlay DIR] [--aspect NAME] [NAME...]
string root = args[0], cache = Path.Combine(args[1], "compat");
Environment.SetEnvironmentVariable("SYSMASTER_CACHE", args[1]);   // the rig looks for its root file systems there
var names = new List<string>();
string extra = "", aspectShown = "";
int jobs = 2, shown = 25;
bool refresh = false, parity = false, stale = false, rotate = false;
for (int i = 2; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--jobs": jobs = int.Parse(args[++i]); break;
        case "--lines": shown = int.Parse(args[++i]); break;
        case "--aspect": aspectShown = args[++i]; stale = true; break;
        case "--overlay": extra = args[++i]; break;
        case "--refresh": refresh = true; break;
        case "--parity": parity = true; break;
        case "--rotate": rotate = true; break;
        case "--stale": stale = true; break;
        default: names.Add(args[i]); break;
    }
}

string folder = Path.Combine(root, "tests/compat/scenarios");
List<Scenario> scenarios = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)
    .Where(n => names.Count == 0 || names.Exists(w => n.Contains(w, StringComparison.Ordinal)))
    .Select(n => Scenario.Read(Path.Combine(folder, n), n))];

// A third of them each day, so that a run on two cores stays within ten minutes.
int skipped = rotate ? scenarios.RemoveAll(s => s.Name.Sum(c => c) % 3 != DateTime.UtcNow.DayOfYear % 3) : 0;

// What was observed depends on the tools inside too.
string tools = Convert.ToHexStringLower(SHA256.HashData([.. new[] { "drive", "recorder.c", "say", "words" }.Select(f => Path.Combine(root, "tests/compat/inside", f)).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes)]))[..8];
string Reference(Scenario s, int run) => Path.Combine(cache, $"{s.Key}-{s.Hash}-{tools}", run.ToString());
string Ours(Scenario s) => Path.Combine(root, "out/compat/sysmaster", s.Key);

string work = Path.Combine(root, "out/compat/work");
Directory.CreateDirectory(work);
var rig = new Rig(root, work, extra);
for (int run = 1; run <= 6; run++)
{
    int which = run;
    List<Scenario> missing = [.. scenarios.Where(s => which <= s.References).Where(s => refresh || !Directory.Exists(Reference(s, which)))];
    if (missing.Count > 0 && !stale) { rig.Play("systemd", missing, jobs, s => Reference(s, which)); }
}
if (!stale)
{
    foreach (Scenario s in scenarios.Where(s => Directory.Exists(Ours(s)))) { Directory.Delete(Ours(s), true); }
    rig.Play("sysmaster", scenarios, jobs, Ours);
}

Argued argued = Argued.Read(Path.Combine(root, "tests/compat/argued.tsv"));
var verdicts = new List<Verdict>();
foreach (Scenario s in scenarios)
{
    List<Observed> references = [.. Enumerable.Range(1, s.References).Select(r => Reference(s, r)).Where(Directory.Exists).Select(Observed.Read)];
    Verdict verdict = Verdict.Of(s, references, Directory.Exists(Ours(s)) ? Observed.Read(Ours(s)) : null, argued);
    verdicts.Add(verdict);
    if (aspectShown.Length > 0)
    {
        IReadOnlyList<string> theirs = references.Count > 0 ? references[0][aspectShown] : [], ours = Directory.Exists(Ours(s)) ? Observed.Read(Ours(s))[aspectShown] : [];
        Console.WriteLine($"{s.Name}, systemd:\n  {string.Join("\n  ", theirs)}\n{s.Name}, sysmaster:\n  {string.Join("\n  ", ours)}");
        continue;
    }
    if (verdict.Outcome is Outcome.Equal or Outcome.Argued) { continue; }
    Console.WriteLine($"{s.Name}: {verdict.Outcome.ToString().ToLowerInvariant()} {string.Join("; ", verdict.Outcome == Outcome.Refused ? verdict.Reasons : [])}");
    foreach (IGrouping<string, string> aspect in verdict.Lines.GroupBy(l => l.Aspect, l => l.Line))
    {
        Console.WriteLine($"    {aspect.Key}");
        foreach (string line in aspect.Take(shown)) { Console.WriteLine("      " + line); }
        if (aspect.Count() > shown) { Console.WriteLine($"      … {aspect.Count() - shown} lines more"); }
    }
}
if (parity) { Parity.Write(Path.Combine(root, "docs/parity.md"), verdicts); }
int bad = verdicts.Count(v => v.Outcome is Outcome.Different or Outcome.Refused);
Console.WriteLine($"{verdicts.Count(v => v.Outcome == Outcome.Equal)} equal, {verdicts.Count(v => v.Outcome == Outcome.Argued)} argued, "
    + $"{verdicts.Count(v => v.Outcome == Outcome.Different)} different, {verdicts.Count(v => v.Outcome == Outcome.Refused)} refused");
Console.WriteLine($"{verdicts.Count - bad} passed, {bad} failed, {skipped} skipped");
return bad == 0 ? 0 : 1;
