using SysMaster.Linux;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Output;

namespace SysMaster.UnitConverter;

/// <summary>One run of `convert`: every source, then what becomes of the units.</summary>
internal sealed class ConvertTask
{
    /// <summary>Where the units go; null: they are printed.</summary>
    public string? Folder { get; init; }

    /// <summary>What is compared with when no folder is named.</summary>
    public required string DiffFolder { get; init; }

    public bool Force { get; init; }

    public bool Diff { get; init; }

    public bool Json { get; init; }

    public bool Quiet { get; init; }

    public int Run(IReadOnlyList<string> paths, InputOptions options)
    {
        var conversions = new List<Conversion>();
        List<SourcePath> sources = SourceTree.List(paths.Select(Absolute), Converter.IsFolderSource, (path, why) => conversions.Add(Converter.Failed(path, 0, why)));
        var progress = new Progress(sources.Count);
        foreach (SourcePath source in sources)
        {
            progress.Step(source.Path);
            if (Converter.Convert(source, options) is { } conversion) { conversions.Add(conversion); }
        }
        progress.End();
        if (conversions.Count == 0) { conversions.Add(Converter.Failed(paths[0], 0, "nothing in it is of a kind that is known")); }
        bool wrote = Json ? ShowJson(conversions) : Show(conversions);
        if (Folder is not null && !Diff) { wrote = Write(conversions); }
        return !wrote ? ExitCodes.NotWritten : conversions.Exists(c => c.HasErrors) ? ExitCodes.SourceErrors : ExitCodes.Done;
    }

    private static string Absolute(string path) => System.IO.Path.GetFullPath(path);

    private static bool ShowJson(List<Conversion> conversions)
    {
        using Stream output = Console.OpenStandardOutput();
        JsonReport.Write(output, conversions);
        output.WriteByte((byte)'\n');
        return true;
    }

    private bool Show(List<Conversion> conversions)
    {
        foreach (Conversion conversion in conversions)
        {
            TextReport.Write(Console.Error, conversion, Quiet);
            foreach (ConvertedUnit unit in conversion.Units)
            {
                if (Diff) { ShowDiff(unit, conversion); }
                else if (Folder is null)
                {
                    Console.Out.WriteLine($"### {unit.Name}");
                    Console.Out.WriteLine(UnitText.Of(unit, conversion));
                }
            }
        }
        return true;
    }

    private void ShowDiff(ConvertedUnit unit, Conversion conversion)
    {
        string path = $"{Folder ?? DiffFolder}/{unit.Name}";
        Result<byte[]> old = SourceReader.Read(path, out _);
        Output.Diff.Write(Console.Out, old.Failed ? "/dev/null" : path, old.Failed ? "" : System.Text.Encoding.UTF8.GetString(old.Value), path, UnitText.Of(unit, conversion));
    }

    private bool Write(List<Conversion> conversions)
    {
        var writer = new UnitWriter(Folder!, Force);
        var names = new Dictionary<string, string>();
        bool all = true;
        int count = 0;
        foreach (Conversion conversion in conversions)
        {
            foreach (ConvertedUnit unit in conversion.Units)
            {
                string? problem = names.TryAdd(unit.Name, conversion.Source) ? writer.Write(unit.Name, UnitText.Of(unit, conversion))
                    : $"{unit.Name} comes from {names[unit.Name]} already: convert one of them by itself";
                if (problem is null) { count++; }
                else
                {
                    Console.Error.WriteLine($"{conversion.Source}: error: not written: {problem}");
                    all = false;
                }
            }
        }
        if (!Json) { Console.Error.WriteLine($"{count} units are in {Folder}. \"systemctl daemon-reload\" makes them known, \"systemctl enable --now NAME\" starts one and keeps it."); }
        return all;
    }
}
