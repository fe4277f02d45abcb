using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>
/// The unit converter on what Debian's packages really bring (tests/rootfs/converter.packages): all of it converts, systemd-analyze takes every unit, and the
/// services start and stop, under systemd and under sysmaster. A few each day; with SYSMASTER_FULL=1 all of them.
/// </summary>
public sealed class ConverterTests(ConverterTests.Converted converted) : IClassFixture<ConverterTests.Converted>
{
    /// <summary>How many of them are tried on one day.</summary>
    private const int Share = 8;

    private static bool IsFull => Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1";

    [FullTheory, EachProvider]
    public void All_of_sixty_packages_converts_and_systemd_analyze_accepts_it(string provider)
    {
        converted.Units.Should().NotBeEmpty();
        string report = File.ReadAllText(Path.Combine(converted.Folder, "report"));
        report.Should().NotContain("not written");
        report.Split('\n').Count(l => l.Contains(" -> ", StringComparison.Ordinal) && l.Contains(".service", StringComparison.Ordinal)).Should().BeGreaterThan(60);
        Machine machine = converted.Machine(provider);
        string names = string.Join(' ', converted.Units.Where(u => u.Contains('.', StringComparison.Ordinal)).Select(u => u.Replace("@.", "@1.", StringComparison.Ordinal)));

        Outcome verified = machine.Exec($"cd /etc/systemd/system && systemd-analyze verify --man=no {names} 2>&1", 180);

        verified.Code.Should().Be(0, "{0}", verified);
        // "Special user nobody": what the source itself asks for.
        string[] ours = [.. verified.Output.Split('\n').Where(l => l.Contains("/etc/systemd/system/", StringComparison.Ordinal) && !l.Contains("Special user nobody", StringComparison.Ordinal))];
        ours.Should().BeEmpty();
    }

    [FullTheory, EachProvider]
    public void Converted_services_start_and_stop(string provider)
    {
        string[] services = [.. converted.Units.Where(u => u.EndsWith(".service", StringComparison.Ordinal) && !u.Contains('@', StringComparison.Ordinal) && !u.StartsWith("cron-", StringComparison.Ordinal))];
        // What starts without being configured first, and was seen to end again.
        string[] known = File.ReadAllLines(Path.Combine(Shell.Root, "tests", "container", "converter", "start"));
        services = [.. services.Intersect(known)];
        int day = DateTime.UtcNow.DayOfYear;
        string[] chosen = IsFull ? services : [.. services.Where((_, i) => i % Math.Max(1, services.Length / Share) == day % Math.Max(1, services.Length / Share))];
        Machine machine = converted.Machine(provider);

        string seen = machine.Must($"/converter/try {string.Join(' ', chosen)}", 30 + (chosen.Length * 45));

        string[] wrong = [.. seen.Split('\n').Where(l => l.Split(' ') is not [_, "active", "inactive", "0", ..])];
        wrong.Should().BeEmpty();
        if (IsFull) { chosen.Length.Should().BeGreaterThanOrEqualTo(50); }
    }

    /// <summary>The converted units, and a container for each init.</summary>
    public sealed class Converted : IDisposable
    {
        private readonly Dictionary<string, Machine> _machines = [];
        private readonly Lazy<string[]> _units;

        public Converted()
        {
            Folder = Directory.CreateTempSubdirectory("converter-").FullName;
            _units = new Lazy<string[]>(Prepare);
        }

        public string Folder { get; }

        public string[] Units => _units.Value;

        public Machine Machine(string provider)
        {
            string[] units = Units;
            if (!_machines.TryGetValue(provider, out Machine? machine))
            {
                units.Should().NotBeEmpty();
                _machines[provider] = machine = Containers.Boot(provider, "converter", "--overlay", Path.Combine(Folder, "overlay"));
            }
            return machine;
        }

        public void Dispose()
        {
            foreach (Machine machine in _machines.Values) { machine.Dispose(); }
            Directory.Delete(Folder, recursive: true);
        }

        private string[] Prepare()
        {
            string tools = Path.Combine(Shell.Root, "tests", "container", "converter");
            Outcome made = Shell.Run(Path.Combine(tools, "prepare"), [Folder], 1800);
            made.Code.Should().Be(0, "{0}", made);
            Directory.CreateDirectory(Path.Combine(Folder, "overlay", "converter"));
            Shell.Run("cp", [Path.Combine(tools, "try"), Path.Combine(Folder, "overlay", "converter", "try")], 10).Code.Should().Be(0);
            return made.Text.Split('\n');
        }
    }
}
