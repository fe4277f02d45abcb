using System.CommandLine;
using SysMaster.Core.Directives;
using SysMaster.Units;

namespace SysMaster.Sctl;

/// <summary><c>sctl directives</c>: which directives have an effect, which are only parsed. Parsing is not doing, so it is counted in public.</summary>
internal static class DirectivesCommand
{
    public static Command Create()
    {
        var parsedOnly = new Option<bool>("--not-honoured") { Description = "List the directives that are parsed and have no effect yet." };
        var all = new Option<bool>("--all", "-a") { Description = "List every directive with what is done about it." };
        var command = new Command("directives", "Count the directives that are honoured, and those that are only parsed.") { parsedOnly, all };
        command.SetAction(result => Print(Console.Out, result.GetValue(all), result.GetValue(parsedOnly)));
        return command;
    }

    private static int Print(TextWriter output, bool all, bool parsedOnly)
    {
        if (all || parsedOnly) { List(output, all); }
        else { Count(output); }
        return 0;
    }

    private static void List(TextWriter output, bool all)
    {
        foreach (DirectiveSection section in AllDirectives.Sections())
        {
            foreach (DirectiveTable table in section.Tables)
            {
                foreach (Core.Directives.Directive row in table.Rows)
                {
                    if (row.Name is null || (!all && row.Honour != Honour.Not)) { continue; }
                    output.WriteLine($"[{section.Name}] {row.Name}={(all ? "\t" + Word(row.Honour) : "")}");
                }
            }
        }
    }

    private static void Count(TextWriter output)
    {
        output.WriteLine($"{"SECTION",-12} {"HONOURED",8} {"PARSED",8} {"OBSOLETE",8}");
        DirectiveCounters all = default;
        foreach (DirectiveSection section in AllDirectives.Sections())
        {
            DirectiveCounters one = DirectiveCounters.Of(section);
            Row(output, section.Name, one);
            all += one;
        }
        Row(output, "all", all);
    }

    private static void Row(TextWriter output, string name, DirectiveCounters counts) =>
        output.WriteLine($"{name,-12} {counts.Honoured,8} {counts.NotHonoured,8} {counts.Obsolete,8}");

    private static string Word(Honour honour) => honour switch { Honour.Yes => "honoured", Honour.Not => "parsed only", _ => "obsolete" };
}
