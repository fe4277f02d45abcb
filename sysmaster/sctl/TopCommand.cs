using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SysMaster.DBus.Client;
using SysMaster.DBus.Wire;

namespace SysMaster.Sctl;

/// <summary><c>sctl top</c>: what the units that run use of the machine, and how often each was restarted. Any manager with the interface will do.</summary>
internal static class TopCommand
{
    private const ulong Unknown = ulong.MaxValue;

    /// <summary>What one look saw; rates are against the look before.</summary>
    private sealed record Use(string Unit, ulong CpuNsec, ulong Memory, ulong Tasks, ulong IoBytes, ulong Restarts)
    {
        public double CpuPercent { get; init; } = double.NaN;

        public double IoPerSecond { get; init; } = double.NaN;
    }

    private readonly record struct Known(string Path, string Interface);

    public static Command Create()
    {
        var patterns = new Argument<string[]>("PATTERN") { Description = "Units, by name or pattern; all services and scopes without one.", Arity = ArgumentArity.ZeroOrMore };
        var sort = new Option<string>("--sort") { Description = "cpu, memory, io, tasks, restarts or unit.", DefaultValueFactory = _ => "cpu" };
        var interval = new Option<double>("--interval", "-d") { Description = "Seconds between two looks.", DefaultValueFactory = _ => 2 };
        var times = new Option<int>("--iterations", "-n") { Description = "Looks to show; 0: until interrupted, on a terminal the default.", DefaultValueFactory = _ => -1 };
        var batch = new Option<bool>("--batch", "-b") { Description = "Print one look after the other, whole; the default where the output is no terminal." };
        var json = new Option<bool>("--json") { Description = "Print an array of objects for each look." };
        var command = new Command("top", "Show what running units use: processor, memory, input and output, tasks, restarts.") { patterns, sort, interval, times, batch, json };
        command.SetAction(result =>
        {
            string by = result.GetValue(sort)!;
            double seconds = result.GetValue(interval);
            if (by is not ("cpu" or "memory" or "io" or "tasks" or "restarts" or "unit") || !(seconds >= 0.1))
            {
                Console.Error.WriteLine(seconds >= 0.1 ? $"Units are not sorted by '{by}'." : "An interval is at least 0.1 seconds.");
                return 2;
            }
            bool isScreen = !Console.IsOutputRedirected && !result.GetValue(batch) && !result.GetValue(json);
            int looks = result.GetValue(times) is >= 0 and int n ? n : isScreen ? 0 : 1;
            return Run(result.GetValue(patterns)!, by, seconds, looks, isScreen, result.GetValue(json));
        });
        return command;
    }

    private static int Run(string[] patterns, string sort, double seconds, int looks, bool isScreen, bool json)
    {
        using ManagerBus? bus = ManagerBus.Open(out string? failure);
        if (bus is null) { return Fail(failure); }
        string[] sought = patterns.Length == 0 ? ["*.service", "*.scope"] : [.. patterns.Select(static p => p.Contains('.', StringComparison.Ordinal) || p.Contains('*', StringComparison.Ordinal) ? p : p + ".service")];
        var known = new Dictionary<string, Known>(StringComparer.Ordinal);
        Dictionary<string, Use> before = [];
        long at = 0;
        for (int look = 0; looks == 0 || look <= looks; look++)
        {
            if (look > 0) { Thread.Sleep(TimeSpan.FromSeconds(seconds)); }
            failure = Names(bus, sought, known);
            if (failure is not null) { return Fail(failure); }
            long now = System.Diagnostics.Stopwatch.GetTimestamp();
            double passed = look == 0 ? 0 : System.Diagnostics.Stopwatch.GetElapsedTime(at, now).TotalSeconds;
            at = now;
            List<Use> uses = [.. known.Select(pair => Rated(Look(bus, pair.Key, pair.Value), before, passed))];
            before = uses.ToDictionary(static u => u.Unit, StringComparer.Ordinal);
            if (look == 0 && !isScreen) { continue; }   // nothing to compare with yet
            Sort(uses, sort);
            if (json) { WriteJson(uses); }
            else { Write(uses, isScreen, hasMore: looks == 0 || look < looks); }
        }
        return 0;
    }

    private static int Fail(string? why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }

    /// <summary>Those that run now; of new ones the interface that has the figures is found from their name.</summary>
    private static string? Names(ManagerBus bus, string[] patterns, Dictionary<string, Known> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? failure = bus.Call(Caller.ManagerPath, Caller.ManagerInterface, "ListUnitsByPatterns", "asas", w => { w.WriteStrings(["active", "activating", "deactivating", "reloading"]); w.WriteStrings(patterns); },
            "a(ssssssouso)", reader =>
            {
                ArrayToken array = reader.BeginArray(8);
                while (reader.HasNext(array))
                {
                    reader.BeginStruct();
                    string name = reader.ReadText();
                    reader.SkipValue("sssss"u8);
                    string path = Encoding.UTF8.GetString(reader.ReadObjectPath());
                    reader.SkipValue("uso"u8);
                    string type = name[(name.LastIndexOf('.') + 1)..];
                    if (type is not ("service" or "scope" or "slice" or "socket" or "mount" or "swap")) { continue; }
                    seen.Add(name);
                    known[name] = new Known(path, $"org.freedesktop.systemd1.{char.ToUpperInvariant(type[0])}{type[1..]}");
                }
            });
        foreach (string gone in known.Keys.Where(name => !seen.Contains(name)).ToList()) { known.Remove(gone); }
        return failure;
    }

    private static Use Look(ManagerBus bus, string unit, Known known)
    {
        ulong read = Number("IOReadBytes"), written = Number("IOWriteBytes");
        return new Use(unit, Number("CPUUsageNSec"), Number("MemoryCurrent"), Number("TasksCurrent"), read == Unknown || written == Unknown ? Unknown : read + written,
            unit.EndsWith(".service", StringComparison.Ordinal) && bus.Caller.GetValue(known.Path, known.Interface, "NRestarts", out _) is uint restarts ? restarts : 0);

        ulong Number(string property) => bus.Caller.GetValue(known.Path, known.Interface, property, out _) is ulong number ? number : Unknown;
    }

    private static Use Rated(Use use, Dictionary<string, Use> before, double seconds)
    {
        if (seconds <= 0 || !before.TryGetValue(use.Unit, out Use? last)) { return use; }
        return use with { CpuPercent = Rate(use.CpuNsec, last.CpuNsec) / 1e7, IoPerSecond = Rate(use.IoBytes, last.IoBytes) };

        double Rate(ulong now, ulong then) => now == Unknown || then == Unknown || now < then ? double.NaN : (now - then) / seconds;
    }

    private static void Sort(List<Use> uses, string by) => uses.Sort((a, b) =>
    {
        int order = by switch
        {
            "cpu" => Compare(a.CpuPercent, b.CpuPercent),
            "memory" => Compare(Value(a.Memory), Value(b.Memory)),
            "io" => Compare(a.IoPerSecond, b.IoPerSecond),
            "tasks" => Compare(Value(a.Tasks), Value(b.Tasks)),
            "restarts" => b.Restarts.CompareTo(a.Restarts),
            _ => 0,
        };
        return order != 0 ? order : string.CompareOrdinal(a.Unit, b.Unit);

        static int Compare(double x, double y) => (double.IsNaN(y) ? -1 : y).CompareTo(double.IsNaN(x) ? -1 : x);
        static double Value(ulong number) => number == Unknown ? double.NaN : number;
    });

    private static void Write(List<Use> uses, bool isScreen, bool hasMore)
    {
        int rows = isScreen ? Math.Max(Console.WindowHeight - 2, 1) : int.MaxValue, columns = isScreen ? Console.WindowWidth : int.MaxValue;
        var text = new StringBuilder();
        int width = Math.Min(uses.Select(static u => u.Unit.Length).DefaultIfEmpty(4).Max(), isScreen ? Math.Max(columns - 50, 10) : int.MaxValue);
        Add($"{"UNIT".PadRight(width)} {"CPU%",7} {"MEMORY",9} {"IO/S",9} {"TASKS",6} {"RESTARTS",8}");
        foreach (Use use in uses.Take(rows))
        {
            string name = use.Unit.Length <= width ? use.Unit.PadRight(width) : use.Unit[..(width - 1)] + "…";
            Add(string.Create(CultureInfo.InvariantCulture, $"{name} {(double.IsNaN(use.CpuPercent) ? "-" : use.CpuPercent.ToString("0.0", CultureInfo.InvariantCulture)),7} {Size(use.Memory),9} {Size(use.IoPerSecond),9} {(use.Tasks == Unknown ? "-" : $"{use.Tasks}"),6} {use.Restarts,8}"));
        }
        if (!isScreen && hasMore) { text.Append('\n'); }
        Console.Out.Write(isScreen ? $"\u001b[H{text}\u001b[J" : text.ToString());

        void Add(string line) => text.Append(line).Append(isScreen ? "\u001b[K\n" : "\n");
    }

    private static string Size(ulong bytes) => bytes == Unknown ? "-" : Size((double)bytes);

    private static string Size(double bytes)
    {
        if (double.IsNaN(bytes)) { return "-"; }
        foreach (string unit in (string[])["B", "K", "M", "G"])
        {
            if (bytes < 1024) { return bytes.ToString(unit == "B" ? "0" : "0.0", CultureInfo.InvariantCulture) + unit; }
            bytes /= 1024;
        }
        return bytes.ToString("0.0", CultureInfo.InvariantCulture) + "T";
    }

    private static void WriteJson(List<Use> uses)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartArray();
            foreach (Use use in uses)
            {
                writer.WriteStartObject();
                writer.WriteString("unit", use.Unit);
                Number("cpu_percent", use.CpuPercent);
                Count("cpu_nsec", use.CpuNsec);
                Count("memory_bytes", use.Memory);
                Number("io_bytes_per_sec", use.IoPerSecond);
                Count("tasks", use.Tasks);
                writer.WriteNumber("restarts", use.Restarts);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();

            void Number(string name, double value)
            {
                if (!double.IsNaN(value)) { writer.WriteNumber(name, Math.Round(value, 3)); }
            }
            void Count(string name, ulong value)
            {
                if (value != Unknown) { writer.WriteNumber(name, value); }
            }
        }
        Console.Out.WriteLine(Encoding.UTF8.GetString(memory.ToArray()));
    }
}
