using System.CommandLine;
using SysMaster.Linux;
using SysMaster.UnitConverter.Formats;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Output;

namespace SysMaster.UnitConverter;

/// <summary><c>unit-converter convert PATH…</c></summary>
internal static class ConvertCommand
{
    private const string SystemUnits = "/etc/systemd/system";

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files, folders of services, or whole trees.", Arity = ArgumentArity.OneOrMore };
        var from = new Option<string?>("--from") { Description = $"The kind of source: {string.Join(", ", AllFormats.Names)}. Told from the content otherwise." };
        var root = new Option<string?>("--root") { Description = "The system that the sources belong to, when it is not this one." };
        var user = new Option<string?>("--user") { Description = "Whose a crontab without a user column is." };
        var engine = new Option<string?>("--engine") { Description = "The program that runs containers of compose files (/usr/bin/docker)." };
        var output = new Option<string?>("--output", "-o") { Description = "Write the units into this folder." };
        var install = new Option<bool>("--install") { Description = $"Write the units into {SystemUnits}." };
        var force = new Option<bool>("--force") { Description = "Replace units that are there already." };
        var diff = new Option<bool>("--diff") { Description = "Write nothing: show what would change in the folder." };
        var json = new Option<bool>("--json") { Description = "The report for programs, with the units in it." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Report only what is changed, dropped or wrong." };
        from.AcceptOnlyFromAmong(AllFormats.Names);
        var command = new Command("convert", "Convert init scripts, crontabs and the like into unit files.") { paths, from, root, user, engine, output, install, force, diff, json, quiet };
        command.SetAction(result =>
        {
            var options = new InputOptions
            {
                From = result.GetValue(from),
                Root = Rooted(result.GetValue(root)),
                User = result.GetValue(user),
                Engine = result.GetValue(engine) ?? "/usr/bin/docker",
            };
            var task = new ConvertTask
            {
                Folder = result.GetValue(output)?.TrimEnd('/') ?? (result.GetValue(install) ? options.Root + SystemUnits : null),
                Force = result.GetValue(force),
                Diff = result.GetValue(diff),
                Json = result.GetValue(json),
                Quiet = result.GetValue(quiet),
                DiffFolder = options.Root + SystemUnits,
            };
            return task.Run(result.GetValue(paths) ?? [], options);
        });
        return command;
    }

    private static string Rooted(string? root)
    {
        if (root is null or "" or "/") { return ""; }
        return System.IO.Path.GetFullPath(root).TrimEnd('/');
    }
}
