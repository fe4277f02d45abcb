using System.Globalization;
using System.Text;
using SysMaster.TestRigs;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace SysMaster.Vm.Tests;

/// <summary>
/// Manager, systemctl and random-seed, each ours or systemd's: every mix is switched to with sctl, booted, and ended, on one machine that goes
/// from one to the next. The whole of it (--full) writes docs/mixes.md; else one mix, another one each day.
/// </summary>
public sealed class MixTests(MixTests.OfTheDay today) : IClassFixture<MixTests.OfTheDay>
{
    /// <summary>Printed by the runner: a run says what it has covered.</summary>
    public sealed class OfTheDay
    {
        public OfTheDay(IMessageSink sink)
        {
            ArgumentNullException.ThrowIfNull(sink);
            sink.OnMessage(new DiagnosticMessage($"mixes: {(Full.Reason is null ? $"{s_mixes.Length} of {s_mixes.Length}" : $"1 of {s_mixes.Length} ({string.Join(", ", Mix)})")}"));
        }

        /// <summary>Not the first: nothing is switched in that.</summary>
        public IReadOnlyList<string> Mix { get; } = s_mixes[1 + DateTime.UtcNow.DayOfYear % (s_mixes.Length - 1)];
    }

    private const string SeedFile = "/var/lib/systemd/random-seed";
    private static readonly string[] s_slots = ["manager", "systemctl", "random-seed"];

    /// <summary>In an order in which each differs from the one before in one slot. What is switched has its effect from the next boot on.</summary>
    private static readonly string[][] s_mixes = [.. new[] { "ddd", "dsd", "ssd", "sdd", "sds", "sss", "dss", "dds" }
        .Select(mix => mix.Select(provider => provider == 's' ? "sysmaster" : "systemd").ToArray())];

    [FullFact]
    public void Every_mix_boots_and_ends()
    {
        using var at = new KeptMachine();
        var rows = new StringBuilder();
        for (int i = 0; i < s_mixes.Length; i++)
        {
            string[] mix = s_mixes[i], next = s_mixes[(i + 1) % s_mixes.Length];
            string row = Look(at, mix, out string seed);
            Switch(at, mix, next);
            at.Off();
            Renewed(at, seed);
            rows.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", mix)} | {row} |\n");
            at.On();
        }

        File.WriteAllText(Path.Combine(Shell.Root, "docs", "mixes.md"), $"""
            # Mixes

            Written by `./test vm --full MixTests`: a Debian 12 in QEMU, switched from each mix to the next with `sctl slots use`, as a user does (a change of
            manager is a trial, which was won). For each: `systemctl is-system-running`, PID 1, what answers as `systemctl`, what the unit of the random seed
            runs, and whether the seed on the disk was renewed by the power-off. Nothing had failed, a service was restarted, and the disk was clean.

            | manager | systemctl | random-seed | state | PID 1 | systemctl is | the seed's program | seed renewed |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            {rows.ToString().TrimEnd()}

            """);
    }

    [Fact]
    public void The_mix_of_the_day_boots_and_ends()
    {
        if (Full.Reason is null) { return; }   // all of them, above
        string[] mix = [.. today.Mix];
        using var at = new KeptMachine();
        Switch(at, s_mixes[0], mix);
        at.Off();
        at.On();
        Look(at, mix, out string seed);
        at.Off();
        Renewed(at, seed);
    }

    private static void Switch(KeptMachine at, string[] from, string[] to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            if (from[i] != to[i]) { at.Must($"sctl slots use {s_slots[i]} {to[i]}"); }
        }
    }

    /// <summary>The mix after its boot.</summary>
    /// <returns>The cells of the page.</returns>
    private static string Look(KeptMachine at, string[] mix, out string seed)
    {
        string state = at.Must("systemctl is-system-running");
        state.Should().Be("running", "{0}", string.Join(", ", mix));
        at.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        at.Running.Should().Be(mix[0]);
        at.Machine.Until("test ! -e /etc/sysmaster/trial", 60);
        at.Must("sctl slots --json").Should().Contain($$"""{"slot":"manager","active":"{{mix[0]}}",""", "a trial was won");
        string client = at.Must("readlink -f $(command -v systemctl)");
        client.Should().Be(mix[1] == "sysmaster" ? "/usr/lib/sysmaster/systemctl" : "/usr/bin/systemctl");
        at.Must("systemctl restart cron && systemctl is-active cron").Should().Be("active");
        string program = at.Must("systemctl show -P ExecStart systemd-random-seed | sed 's/.* path=\\([^ ]*\\) .*/\\1/'");
        program.Should().Be(mix[2] == "sysmaster" ? "/usr/lib/sysmaster/random-seed" : "/lib/systemd/systemd-random-seed");
        at.Must("systemctl show -P Result -P ActiveState systemd-random-seed").Should().Be("success\nactive");
        seed = at.Must($"stat -c '%a %U' {SeedFile}; sha256sum <{SeedFile} | cut -c1-64");
        seed.Should().StartWith("600 root\n");
        seed = seed[^64..];
        return $"{state} | `{at.Must("readlink /proc/1/exe")}` | `{client}` | `{program}` | yes";
    }

    /// <summary>What the disk has after the power-off.</summary>
    private static void Renewed(KeptMachine at, string seed)
    {
        string file = Path.GetTempFileName();
        at.Read($"dump {SeedFile} {file}");
        byte[] saved = File.ReadAllBytes(file);
        File.Delete(file);
        saved.Length.Should().BeGreaterThanOrEqualTo(32);
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(saved)).ToUpperInvariant().Should().NotBe(seed.ToUpperInvariant(), "the power-off saves another seed");
        at.Read("stats").Should().MatchRegex("Filesystem state: +clean", "the file system was unmounted");
    }
}
