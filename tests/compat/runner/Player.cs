using System.Security.Cryptography;

namespace SysMaster.Compat;

/// <summary>Plays scenarios under the reference, whose runs are kept, and under the manager that is measured, and compares.</summary>
/// <param name="root">The repository.</param>
/// <param name="cache">Where runs of the reference are kept.</param>
/// <param name="extra">One more folder laid over the root of the manager that is measured, or empty.</param>
/// <param name="jobs">Boots side by side.</param>
public sealed class Player(string root, string cache, string extra, int jobs)
{
    /// <summary>Debian's release whose systemd (257) is the second reference.</summary>
    private const string LaterSuite = "trixie";

    private static readonly string[] s_tools = ["drive", "recorder.c", "say", "words"];

    /// <summary>What was observed depends on the tools inside too.</summary>
    private readonly string _tools = Convert.ToHexStringLower(SHA256.HashData(
        [.. s_tools.SelectMany(f => File.ReadAllBytes(Path.Combine(root, "tests/compat/inside", f)))]))[..8];

    private readonly Argued _argued = Argued.Read(Path.Combine(root, "tests/compat/argued.tsv"));
    private readonly string _work = Path.Combine(root, "out/compat/work");

    /// <summary>Which manager is measured: with the real one and another systemctl laid over it, that is what is compared.</summary>
    public string Measured { get; init; } = "sysmaster";

    /// <summary>Whose systemctl the measured side types: with <see cref="Measured"/> one of the four pairs of client and manager.</summary>
    public string Client { get; init; } = "systemd";

    /// <summary>Play the reference again, though its runs are there.</summary>
    public bool Refresh { get; init; }

    /// <summary>One run of the reference will do: for looking, not for judging.</summary>
    public bool Once { get; init; }

    /// <summary>Play nothing, compare what lies there.</summary>
    public bool Stale { get; init; }

    public string Reference(Scenario s, int run) => Path.Combine(cache, $"{s.Key}-{s.Hash}-{_tools}", run.ToString());

    /// <summary>The run of the later systemd, of which one will do: nothing is judged by it alone.</summary>
    public string Later(Scenario s) => Path.Combine(cache, $"{s.Key}-{s.Hash}-{_tools}", "later");

    /// <summary>Play all scenarios under the later systemd too, not only those that differ.</summary>
    public bool LaterToo { get; init; }

    public string Ours(Scenario s) => Path.Combine(root, "out/compat", Client == "systemd" ? Measured : $"{Measured}-{Client}", s.Key);

    /// <param name="scenarios">Which.</param>
    /// <param name="keep">Keep the runs of the reference; else they go with the verdict.</param>
    /// <param name="aspects">What is compared.</param>
    public IReadOnlyList<Verdict> Play(IReadOnlyList<Scenario> scenarios, bool keep, IReadOnlyList<string> aspects)
    {
        Directory.CreateDirectory(_work);
        if (!Stale) { PlayBoth(scenarios); }
        List<Verdict> verdicts = [.. scenarios.Select(s => Judge(s, aspects))];
        List<Scenario> doubtful = [.. verdicts.Where(v => LaterToo || v.Outcome == Outcome.Different).Select(v => v.Scenario)];
        if (!Stale) { PlayLater([.. doubtful.Where(s => Refresh || !Directory.Exists(Later(s)))]); }
        for (int i = 0; i < verdicts.Count; i++)
        {
            if (Directory.Exists(Later(verdicts[i].Scenario))) { verdicts[i] = Judge(verdicts[i].Scenario, aspects, Observed.Read(Later(verdicts[i].Scenario))); }
        }
        foreach (Scenario s in keep ? [] : scenarios)
        {
            foreach (string folder in new[] { Path.GetDirectoryName(Reference(s, 1))!, Ours(s) })
            {
                if (Directory.Exists(folder)) { Directory.Delete(folder, true); }
            }
        }
        return verdicts;
    }

    private Verdict Judge(Scenario s, IReadOnlyList<string> aspects, Observed? later = null)
        => Verdict.Of(s, References(s), Directory.Exists(Ours(s)) ? Observed.Read(Ours(s)) : null, _argued, aspects, Once ? 1 : 2, later);

    private void PlayLater(IReadOnlyList<Scenario> scenarios)
    {
        if (scenarios.Count == 0) { return; }
        new Rig(root, _work, [Rig.SystemdOf(root, LaterSuite)]).Play("systemd", scenarios, jobs, Later);
        foreach (string run in scenarios.Select(Later).Where(WasCutShort)) { Directory.Delete(run, true); }
    }

    public List<Observed> References(Scenario s) => [.. Enumerable.Range(1, s.References).Select(r => Reference(s, r)).Where(Directory.Exists).Select(Observed.Read)];

    private static bool WasCutShort(string run) => Path.Combine(run, "transcript") is var file && File.Exists(file) && File.ReadAllText(file).Contains("\nscript ended: 124", StringComparison.Ordinal);

    private void PlayBoth(IReadOnlyList<Scenario> scenarios)
    {
        var rig = new Rig(root, _work, []);
        for (int which = 1; which <= (Once ? 1 : 6); which++)
        {
            int number = which;
            List<Scenario> missing = [.. scenarios.Where(s => number <= s.References && (Refresh || !Directory.Exists(Reference(s, number))))];
            if (missing.Count == 0) { continue; }
            rig.Play("systemd", missing, jobs, s => Reference(s, number));
            // A run that was cut short on a starved machine is no reference.
            foreach (string run in missing.Select(s => Reference(s, number)).Where(WasCutShort)) { Directory.Delete(run, true); }
        }
        foreach (Scenario s in scenarios.Where(s => Directory.Exists(Ours(s)))) { Directory.Delete(Ours(s), true); }
        string[] overlays = [.. Client == "systemd" ? Array.Empty<string>() : [OurClient()], .. extra.Length > 0 ? [extra] : Array.Empty<string>()];
        new Rig(root, _work, overlays).Play(Measured, scenarios, jobs, Ours);
    }

    /// <summary>A folder that makes the systemctl of this build the one that is typed.</summary>
    private string OurClient()
    {
        string folder = Path.Combine(root, "out/compat/client"), programs = Path.Combine(folder, "usr/bin");
        Directory.CreateDirectory(programs);
        File.Copy(Path.Combine(root, "out/root/usr/lib/sysmaster/systemctl"), Path.Combine(programs, "systemctl"), overwrite: true);
        return folder;
    }
}
