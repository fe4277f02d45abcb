using System.CommandLine;
using System.Text.Json;
using SysMaster.UnitFiles;

namespace SysMaster.Sctl.Plan;

/// <summary><c>sctl plan VERB UNIT…</c>: the jobs that a verb of systemctl would queue, in order, and what asks for each. Nothing is done.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var verb = new Argument<string>("VERB") { Description = "A verb of systemctl that queues jobs: " + string.Join(", ", PlanRequest.Verbs) + "." };
        var units = new Argument<string[]>("UNIT") { Description = "Units; .service is added to a name without a type. Each is planned by itself, as things are now.", Arity = ArgumentArity.ZeroOrMore };
        var mode = new Option<string?>("--job-mode") { Description = "As systemctl's: replace, fail, isolate, flush, …" };
        var all = new Option<bool>("--all") { Description = "Name the units that are as they should be already." };
        var json = new Option<bool>("--json") { Description = "Print an array with an object for each unit." };
        var command = new Command("plan", "Show what a verb of systemctl would do, and why, without doing it.") { verb, units, mode, all, json };
        command.SetAction(result => Run(result.GetValue(verb)!, result.GetValue(units)!, result.GetValue(mode), result.GetValue(all), result.GetValue(json)));
        return command;
    }

    private static int Run(string verb, string[] units, string? mode, bool all, bool json)
    {
        if (PlanRequest.Of(verb) is not { } request)
        {
            Console.Error.WriteLine($"'{verb}' queues no jobs. Verbs that do: {string.Join(", ", PlanRequest.Verbs)}.");
            return 2;
        }
        if ((request.Unit is null) == (units.Length == 0))
        {
            Console.Error.WriteLine(request.Unit is null ? $"'{verb}' needs a unit." : $"'{verb}' takes no unit.");
            return 2;
        }
        using ManagerBus? bus = ManagerBus.Open(out string? failure);
        if (bus is null)
        {
            Console.Error.WriteLine(failure);
            return 1;
        }
        int code = 0;
        var plans = new List<PlannedJobs>();
        foreach (string unit in request.Unit is { } fixedUnit ? [fixedUnit] : units)
        {
            string name = UnitName.TryParse(unit, out _) ? unit : unit + (verb == "isolate" ? ".target" : ".service");
            if (PlannedJobs.Ask(bus, name, request.JobType, mode ?? request.Mode, out failure) is { } plan) { plans.Add(plan); }
            else { Console.Error.WriteLine(failure); }
            if (failure is not null || plans[^1].Refusal.Length > 0) { code = 1; }
        }
        var places = new ReasonPlace(bus);
        if (json) { WriteJson(plans, places); }
        else
        {
            foreach (PlannedJobs plan in plans) { Write(plan, places, verb, all); }
        }
        return code;
    }

    private static void Write(PlannedJobs plan, ReasonPlace places, string verb, bool all)
    {
        if (plan.Refusal.Length > 0) { Console.WriteLine($"{verb} {plan.Unit} is refused: {plan.Refusal}"); }
        int job = Math.Max(3, plan.Jobs.Select(static j => j.Type.Length).DefaultIfEmpty().Max()), width = plan.Jobs.Select(static j => j.Unit.Length).DefaultIfEmpty(4).Max();
        if (plan.Jobs.Count > 0) { Console.WriteLine($"STEP  {"JOB".PadRight(job)}  {"UNIT".PadRight(width)}  WHY"); }
        foreach ((int step, PlannedJob one) in plan.InOrder())
        {
            string text = string.Join("; ", one.Reasons.Select(reason => Text(reason, one, places)));
            if (text.Length == 0) { text = "asked for"; }
            if (one.Queued.Length > 0) { text += one.Replaces ? $" (cancels its queued {one.Queued} job)" : $" (its queued {one.Queued} job becomes this)"; }
            Console.WriteLine($"{step,4}  {one.Type.PadRight(job)}  {one.Unit.PadRight(width)}  {text}");
        }
        foreach (PlannedDrop one in plan.Cancelled) { Console.WriteLine($"cancels the queued {one.Type} job of {one.Unit}: {one.Why}"); }
        foreach (PlannedDrop one in plan.Dropped) { Console.WriteLine($"left out: {(one.Type.Length > 0 ? one.Type + " of " : "")}{one.Unit}: {one.Why}"); }
        if (all && plan.Unchanged.Length > 0) { Console.WriteLine($"as they should be already: {string.Join(' ', plan.Unchanged.Distinct().Order(StringComparer.Ordinal))}"); }
        int unchanged = plan.Unchanged.Distinct().Count();
        Console.WriteLine($"{plan.Jobs.Count} job{(plan.Jobs.Count == 1 ? "" : "s")}{(unchanged > 0 ? $"; {unchanged} units are as they should be already" : "")}. Nothing was done.");
    }

    private static string Text(PlannedReason reason, PlannedJob job, ReasonPlace places)
        => $"{reason.By} {reason.How}{(reason.IsNeeded ? "" : ", can do without")}{(places.Of(reason, job.Unit) is { } place ? $"  [{place}]" : "")}";

    private static void WriteJson(List<PlannedJobs> plans, ReasonPlace places)
    {
        using Stream output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach (PlannedJobs plan in plans)
        {
            writer.WriteStartObject();
            writer.WriteString("unit", plan.Unit);
            if (plan.Refusal.Length > 0)
            {
                writer.WriteString("refusal", plan.Refusal);
                writer.WriteString("refusal_name", plan.RefusalName);
            }
            writer.WriteStartArray("jobs");
            foreach ((int step, PlannedJob job) in plan.InOrder()) { WriteJson(writer, step, job, places); }
            writer.WriteEndArray();
            WriteJson(writer, "cancelled", plan.Cancelled);
            WriteJson(writer, "dropped", plan.Dropped);
            writer.WriteStartArray("unchanged");
            foreach (string unit in plan.Unchanged.Distinct().Order(StringComparer.Ordinal)) { writer.WriteStringValue(unit); }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteJson(Utf8JsonWriter writer, int step, PlannedJob job, ReasonPlace places)
    {
        writer.WriteStartObject();
        writer.WriteNumber("step", step);
        writer.WriteString("type", job.Type);
        writer.WriteString("unit", job.Unit);
        writer.WriteBoolean("needed", job.Matters);
        if (job.Queued.Length > 0) { writer.WriteString(job.Replaces ? "cancels_job" : "merges_job", job.Queued); }
        writer.WriteStartArray("because");
        foreach (PlannedReason reason in job.Reasons)
        {
            writer.WriteStartObject();
            writer.WriteString("unit", reason.By);
            writer.WriteString("dependency", reason.How);
            writer.WriteBoolean("needed", reason.IsNeeded);
            if (places.Of(reason, job.Unit) is { } place) { writer.WriteString("place", place); }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("after");
        foreach (string other in job.After) { writer.WriteStringValue(other); }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter writer, string name, IReadOnlyList<PlannedDrop> drops)
    {
        writer.WriteStartArray(name);
        foreach (PlannedDrop drop in drops)
        {
            writer.WriteStartObject();
            writer.WriteString("unit", drop.Unit);
            if (drop.Type.Length > 0) { writer.WriteString("type", drop.Type); }
            writer.WriteString("why", drop.Why);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
