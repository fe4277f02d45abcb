using System.Diagnostics;

namespace SysMaster.Compat;

/// <summary>Boots containers, plays scenarios in them, and brings out what was observed.</summary>
/// <param name="root">The repository.</param>
/// <param name="work">A folder for what is laid over the root file systems.</param>
/// <param name="extra">More folders laid over the root, the last one on top.</param>
public sealed class Rig(string root, string work, IReadOnlyList<string> extra)
{
    private static int s_count;
    private readonly string _rig = Path.Combine(root, "tests/container/rig");

    /// <summary>Plays these under one manager, in <paramref name="jobs"/> boots side by side; results lie in <c>into(scenario)</c>.</summary>
    public void Play(string provider, IReadOnlyList<Scenario> scenarios, int jobs, Func<Scenario, string> into)
    {
        List<List<Scenario>> boots = [.. scenarios.Where(s => s.OwnBoot).Select(s => new List<Scenario> { s })];
        List<Scenario> shared = [.. scenarios.Where(s => !s.OwnBoot)];
        // Small boots, so that one manager that loses its way spoils little.
        int size = Math.Clamp((shared.Count + jobs - 1) / Math.Max(1, jobs), 1, 40);
        boots.AddRange(shared.GroupBy(s => s.RootFs).SelectMany(g => g.Chunk(size)).Select(c => c.ToList()));
        Parallel.ForEach(boots, new ParallelOptions { MaxDegreeOfParallelism = jobs }, boot => Boot(provider, boot, into));
    }

    /// <summary>A folder that makes systemd of another release the manager of the same root file system.</summary>
    public static string SystemdOf(string root, string suite)
    {
        (int code, string said) = Run(600, Path.Combine(root, "tests/rootfs/rootfs"), "systemd", suite);
        return code == 0 && Array.Find(said.Split('\n'), Directory.Exists) is { } folder ? folder : throw new InvalidOperationException($"no systemd of {suite}: {said}");
    }

    private void Boot(string provider, List<Scenario> scenarios, Func<Scenario, string> into)
    {
        string name = $"compat-{provider}-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
        string overlay = Path.Combine(work, name);
        string inside = Path.Combine(overlay, "compat");
        Directory.CreateDirectory(inside);
        foreach (string tool in Directory.GetFiles(Path.Combine(root, "tests/compat/inside")))
        {
            if (!tool.EndsWith(".c", StringComparison.Ordinal)) { File.Copy(tool, Path.Combine(inside, Path.GetFileName(tool))); }
        }
        File.Copy(Path.Combine(root, "out/helpers/recorder"), Path.Combine(inside, "recorder"));
        foreach (Scenario scenario in scenarios) { scenario.Unpack(Path.Combine(inside, "scenarios")); }
        try
        {
            string[] more = [.. extra.SelectMany(folder => new[] { "--overlay", folder })];
            (int code, string said) = Run(240, _rig, ["start", "--init", provider, "--root", scenarios[0].RootFs, "--overlay", overlay, .. more, name]);
            if (code != 0) { Console.Error.WriteLine($"{name} did not boot: {said}"); return; }
            if (scenarios is [{ EndsBoot: true } last])
            {
                PlayToTheEnd(name, last, into(last));
                return;
            }
            Run(30 + (120 * scenarios.Count), _rig, ["exec", name, "--", "env", "COMPAT_SECONDS=100", "bash", "/compat/drive", "/compat-out",
                .. scenarios.Select(s => "/compat/scenarios/" + s.Key)]);
            string results = Path.Combine(overlay, "results.tar");
            (code, said) = Run(60, "bash", "-c", $"'{_rig}' exec {name} -- tar -C /compat-out -c . >'{results}' && mkdir -p '{overlay}/results' && tar -C '{overlay}/results' -xf '{results}'");
            if (code != 0) { Console.Error.WriteLine($"{name}: no results: {said}"); return; }
            foreach (Scenario scenario in scenarios)
            {
                string from = Path.Combine(overlay, "results", scenario.Key), to = into(scenario);
                if (!Directory.Exists(from)) { continue; }
                if (Directory.Exists(to)) { Directory.Delete(to, true); }
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                Directory.Move(from, to);
            }
        }
        finally
        {
            Run(60, _rig, "stop", name, "10");
            Directory.Delete(overlay, true);
        }
    }

    /// <summary>The console is all that is left of it.</summary>
    private void PlayToTheEnd(string name, Scenario scenario, string to)
    {
        Run(120, _rig, ["exec", name, "--", "bash", "/compat/end", "/compat/scenarios/" + scenario.Key]);
        bool ended = false;
        for (DateTime end = DateTime.UtcNow.AddSeconds(90); !ended && DateTime.UtcNow < end;)
        {
            ended = Run(10, _rig, "list") is (0, var names) && !names.Split('\n').Contains(name);
            if (!ended) { Thread.Sleep(100); }
        }
        IEnumerable<string> said = Run(10, _rig, "console", name).Output.Split('\n').Select(l => l.TrimEnd('\r'))
            .Where(l => l.Contains("compat: ", StringComparison.Ordinal)).Select(l => l[(l.IndexOf("compat: ", StringComparison.Ordinal) + 8)..]);
        Directory.CreateDirectory(to);
        File.WriteAllLines(Path.Combine(to, "transcript"), [.. said, ended ? "it ended" : "it did not end"]);
    }

    private static (int Code, string Output) Run(int seconds, string program, params string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true } };
        process.Start();
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds))) { process.Kill(true); return (-1, $"{program} took more than {seconds} s"); }
        return (process.ExitCode, output.Result + error.Result);
    }
}
