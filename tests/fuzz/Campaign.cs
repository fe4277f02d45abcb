using System.Diagnostics;
using System.Globalization;

namespace SysMaster.Fuzz.Tests;

/// <summary>Feeds one decoder until its time is over, and keeps the input that it fails on.</summary>
internal static class Campaign
{
    /// <summary>For one input: what takes longer is a hang.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Searching (`--full`): a minute of inputs that nobody has tried. Otherwise the same inputs each time, so that a commit is judged for what it changed.</summary>
    private static readonly bool s_search = Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1";

    private static readonly TimeSpan s_duration = TimeSpan.FromMinutes(1);

    private const long Inputs = 10_000;

    private static readonly int s_seed = int.TryParse(Environment.GetEnvironmentVariable("SYSMASTER_FUZZ_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed
        : s_search ? Environment.TickCount : 1;

    /// <param name="name">Names the kept inputs and the seeds that are tried first.</param>
    /// <param name="corpus">Sound inputs.</param>
    /// <param name="words">Bytes that mean something to the decoder.</param>
    /// <param name="decode">Throws when something is wrong.</param>
    public static void Run(string name, IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> words, Action<byte[]> decode)
    {
        corpus.Should().NotBeEmpty();
        foreach (byte[] sound in Seeds(name).Concat(corpus)) { Try(name, sound, decode); }
        var random = new Random(s_seed);
        var mutator = new Mutator(random, words);
        var clock = Stopwatch.StartNew();
        long tried = 0;
        for (; s_search ? clock.Elapsed < s_duration : tried < Inputs; tried++)
        {
            Try(name, mutator.Break(corpus[random.Next(corpus.Count)], corpus[random.Next(corpus.Count)]), decode);
        }
        tried.Should().BePositive();
    }

    private static void Try(string name, byte[] input, Action<byte[]> decode)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            decode(input);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{name}, seed {s_seed}: {Keep(name, input)} makes it fail: {e.Message}", e);
        }
        if (clock.Elapsed > s_patience) { throw new TimeoutException($"{name}, seed {s_seed}: {Keep(name, input)} takes {clock.Elapsed.TotalSeconds:F1} s"); }
    }

    private static string Keep(string name, byte[] input)
    {
        string folder = Path.Combine(Corpus.Root, "out", "fuzz");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{name}-{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(file, input);
        return file;
    }

    private static IEnumerable<byte[]> Seeds(string name)
        => Directory.EnumerateFiles(Path.Combine(Corpus.Root, "tests", "fuzz", "seeds"), $"{name}-*").Select(File.ReadAllBytes);
}
