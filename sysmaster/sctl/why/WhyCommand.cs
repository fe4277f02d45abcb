using System.CommandLine;
using System.Text.Json;

namespace SysMaster.Sctl.Why;

/// <summary><c>sctl why UNIT</c>: the chain of causes of a unit's state, with file and line of each edge. Works under systemd too.</summary>
internal static class WhyCommand
{
    public static Command Create()
    {
        var units = new Argument<string[]>("UNIT") { Description = "Units; .service is added to a name without a type.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Print JSON: unit, text, place, because." };
        var command = new Command("why", "Tell why a unit runs, does not run, waits or restarts, cause by cause.") { units, json };
        command.SetAction(result => Run(result.GetValue(units)!, result.GetValue(json)));
        return command;
    }

    private static int Run(string[] units, bool json)
    {
        using ManagerBus? bus = ManagerBus.Open(out string? unreachable);
        if (bus is null)
        {
            Console.Error.WriteLine(unreachable);
            return 1;
        }

        int code = 0;
        foreach (string unit in units)
        {
            string name = UnitFiles.UnitName.TryParse(unit, out _) ? unit : unit + ".service";
            if (new CauseFinder(bus).Find(name, out string? failure) is { } cause)
            {
                if (json) { Console.Out.WriteLine(Json(cause)); }
                else { Print(cause, 0); }
                continue;
            }

            Console.Error.WriteLine(failure);
            code = 1;
        }

        return code;
    }

    private static void Print(Cause cause, int depth)
    {
        Console.Out.WriteLine($"{new string(' ', depth * 2)}{(depth == 0 ? "" : "- ")}{cause.Unit} {cause.Text}{(cause.Place is { Length: > 0 } place ? $"  [{place}]" : "")}");
        foreach (Cause under in cause.Because) { Print(under, depth + 1); }
    }

    private static string Json(Cause cause)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory)) { Write(writer, cause); }
        return System.Text.Encoding.UTF8.GetString(memory.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, Cause cause)
    {
        writer.WriteStartObject();
        writer.WriteString("unit", cause.Unit);
        writer.WriteString("text", cause.Text);
        writer.WriteString("place", cause.Place);
        writer.WriteStartArray("because");
        foreach (Cause under in cause.Because) { Write(writer, under); }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
