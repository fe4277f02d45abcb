using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SysMaster.DBus.Wire;

namespace SysMaster.Sctl;

/// <summary><c>sctl history</c>: the last changes of state of a unit, or of all, each with what caused it.</summary>
internal static class HistoryCommand
{
    private readonly record struct Change(ulong When, string Unit, string Before, string Now, string SubState, string Cause, string JobType, uint Job, string Actor)
    {
        /// <summary>What happened, and for whom.</summary>
        public string Why
        {
            get
            {
                string job = Job == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{JobType} job {Job}{(Actor.Length == 0 ? "" : " by " + Actor)}");
                return Cause.Length == 0 ? job : job.Length == 0 ? Cause : $"{Cause}; {job}";
            }
        }
    }

    public static Command Create()
    {
        var unit = new Argument<string>("UNIT") { Description = "A unit; all of them without one.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "" };
        var json = new Option<bool>("--json") { Description = "Print an array of objects." };
        var command = new Command("history", "Show the last changes of state of a unit and what caused each.") { unit, json };
        command.SetAction(result => Print(result.GetValue(unit) ?? "", result.GetValue(json)));
        return command;
    }

    private static int Print(string unit, bool json)
    {
        if (unit.Length > 0 && !unit.Contains('.', StringComparison.Ordinal)) { unit += ".service"; }
        var changes = new List<Change>();
        string? failure = ManagerBus.Once("/org/sysmaster/history", "org.sysmaster.History", "Get", "s", w => w.WriteString(unit), "a(tssssssus)", reader => Read(reader, changes));
        if (failure is not null)
        {
            Console.Error.WriteLine(failure);
            return 1;
        }
        if (json) { WriteJson(changes); }
        else { WriteTable(changes, unit.Length == 0); }
        return 0;
    }

    private static void Read(MessageReader reader, List<Change> changes)
    {
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            changes.Add(new Change(reader.ReadUInt64(), reader.ReadText(), reader.ReadText(), reader.ReadText(), reader.ReadText(), reader.ReadText(),
                reader.ReadText(), reader.ReadUInt32(), reader.ReadText()));
        }
    }

    private static void WriteTable(List<Change> changes, bool named)
    {
        if (changes.Count == 0)
        {
            Console.WriteLine("No change of state is remembered.");
            return;
        }
        int width = named ? changes.Max(c => c.Unit.Length) : 0;
        string head = named ? "UNIT".PadRight(width) + " " : "";
        Console.WriteLine($"{"WHEN",-23} {head}{"STATE",-43} WHY");
        foreach (Change c in changes)
        {
            string time = DateTimeOffset.FromUnixTimeMilliseconds((long)(c.When / 1000)).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            string state = c.Before == c.Now ? $"{c.Now} ({c.SubState})" : $"{c.Before} → {c.Now} ({c.SubState})";
            Console.WriteLine($"{time} {(named ? c.Unit.PadRight(width) + " " : "")}{state,-43} {c.Why}".TrimEnd());
        }
    }

    private static void WriteJson(List<Change> changes)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach (Change c in changes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("when_usec", c.When);
            writer.WriteString("unit", c.Unit);
            writer.WriteString("before", c.Before);
            writer.WriteString("after", c.Now);
            writer.WriteString("sub_state", c.SubState);
            if (c.Cause.Length > 0) { writer.WriteString("cause", c.Cause); }
            if (c.Job != 0)
            {
                writer.WriteNumber("job", c.Job);
                writer.WriteString("job_type", c.JobType);
                writer.WriteString("asked_by", c.Actor);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
