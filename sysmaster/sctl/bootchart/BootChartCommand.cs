using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SysMaster.DBus.Client;

namespace SysMaster.Sctl.BootChart;

/// <summary><c>sctl boot-chart</c>: who waited for whom at boot, and why; this boot, one that was kept, or two compared.</summary>
internal static class BootChartCommand
{
    private const int FinishMsec = 30 * 60_000;

    public static Command Create()
    {
        var boot = new Argument<string>("BOOT") { Description = "0: this boot; -1, -2, …: kept ones before it; a boot ID or its beginning; a file that --json wrote.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "0" };
        var output = new Option<string?>("--output", "-o") { Description = "Write the picture to a file instead of the standard output." };
        var json = new Option<bool>("--json") { Description = "Print the times and reasons instead of a picture." };
        var chain = new Option<bool>("--chain") { Description = "Print only the chain that the goal of the boot waited for." };
        var diff = new Option<string?>("--diff") { Description = "Compare with this boot (named as BOOT): what took longer, what is new." };
        var list = new Option<bool>("--list") { Description = "List the boots that were kept." };
        var save = new Option<bool>("--save") { Description = "Keep the times of this boot, once it has finished." };
        var keep = new Option<string?>("--keep-each-boot") { Description = "yes or no: keep the times of each boot from the next one on." };
        var command = new Command("boot-chart", "Draw what the boot waited for.") { boot, output, json, chain, diff, list, save, keep };
        command.SetAction(result =>
        {
            try
            {
                if (result.GetValue(keep) is { } word) { return KeepEach(word); }
                if (result.GetValue(save)) { return Save(); }
                if (result.GetValue(list)) { return List(result.GetValue(json)); }
                if (Find(result.GetValue(boot)!, out string? failure) is not { } record) { return Fail(failure); }
                if (result.GetValue(diff) is { } other)
                {
                    return Find(other, out failure) is { } before ? BootDiff.Print(before, record, result.GetValue(json)) : Fail(failure);
                }
                if (result.GetValue(json)) { return Json(writer => record.Write(writer)); }
                if (result.GetValue(chain)) { return Chain(record); }
                return Draw(record, result.GetValue(output));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException) { return Fail(e.Message); }
        });
        return command;
    }

    internal static int Json(Action<Utf8JsonWriter> write)
    {
        using Stream output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        write(writer);
        return 0;
    }

    private static int Fail(string? why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }

    private static BootRecord? Find(string word, out string? failure)
    {
        failure = null;
        if (word == "0")
        {
            using ManagerBus? bus = ManagerBus.Open(out failure);
            return bus is null ? null : new BootReader(bus).Read(out failure);
        }
        if (word.Contains('/', StringComparison.Ordinal) || File.Exists(word)) { return BootRecord.Read(File.ReadAllBytes(word)); }
        IReadOnlyList<BootRecord> kept = BootStore.All();
        if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int back) && back < 0)
        {
            List<BootRecord> earlier = [.. kept.Where(static r => r.BootId != BootStore.CurrentId)];
            if (-back <= earlier.Count) { return earlier[-back - 1]; }
            failure = $"Only {earlier.Count} earlier boots were kept (`sctl boot-chart --keep-each-boot yes`).";
            return null;
        }
        if (kept.FirstOrDefault(r => r.BootId.StartsWith(word, StringComparison.Ordinal)) is { } found) { return found; }
        failure = $"No boot '{word}' was kept.";
        return null;
    }

    private static int Draw(BootRecord record, string? file)
    {
        string svg = BootSvg.Draw(record);
        if (file is null) { Console.Out.Write(svg); }
        else { File.WriteAllText(file, svg); }
        return 0;
    }

    private static int Chain(BootRecord record)
    {
        foreach (BootUnit unit in record.CriticalChain())
        {
            string after = unit.Waited is { } waited ? $"  after {waited.Unit}  [{waited.Place}]" : "";
            Console.WriteLine($"{unit.Name} @{BootSvg.Seconds(unit.Start - record.Userspace)}{(unit.Took > 0 ? $" +{BootSvg.Seconds(unit.Took)}" : "")}{after}");
        }
        return 0;
    }

    private static int List(bool json)
    {
        IReadOnlyList<BootRecord> kept = BootStore.All();
        if (json)
        {
            return Json(writer =>
            {
                writer.WriteStartArray();
                foreach (BootRecord record in kept)
                {
                    writer.WriteStartObject();
                    writer.WriteString("boot_id", record.BootId);
                    writer.WriteNumber("when_usec", record.When);
                    writer.WriteNumber("took_usec", record.Finished - record.Userspace);
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
            });
        }
        foreach (BootRecord record in kept) { Console.WriteLine($"{record.BootId}  {BootSvg.Time(record.When)}  {BootSvg.Seconds(record.Finished - record.Userspace)}"); }
        if (kept.Count == 0) { Console.WriteLine("None was kept."); }
        return 0;
    }

    private static int KeepEach(string word)
    {
        if (word is not ("yes" or "no")) { return Fail("--keep-each-boot= is yes or no."); }
        BootStore.KeepEach(word == "yes");
        return ManagerBus.Once(Caller.ManagerPath, Caller.ManagerInterface, "Reload", "", null, "", static _ => { }, -1) is { } failure ? Fail(failure) : 0;
    }

    private static int Save()
    {
        using ManagerBus? bus = ManagerBus.Open(out string? failure);
        if (bus is null) { return Fail(failure); }
        long end = Environment.TickCount64 + FinishMsec;
        _ = bus.Caller.Bus.Listen($"type='signal',interface='{Caller.ManagerInterface}',member='StartupFinished'", static _ => { });
        while (bus.Caller.GetValue(Caller.ManagerPath, Caller.ManagerInterface, "FinishTimestampMonotonic", out _) is 0ul && Environment.TickCount64 < end)
        {
            _ = bus.Caller.Bus.Process((int)Math.Max(end - Environment.TickCount64, 1));
        }
        if (new BootReader(bus).Read(out failure) is not { } record) { return Fail(failure); }
        BootStore.Save(record);
        return 0;
    }
}
