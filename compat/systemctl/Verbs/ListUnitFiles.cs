using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Systemctl;

/// <summary>list-unit-files: what is installed, loaded or not.</summary>
internal static class ListUnitFiles
{
    private sealed record Row(string Path, string State)
    {
        public string Name => System.IO.Path.GetFileName(Path);

        public string Suffix => Name[Math.Max(Name.LastIndexOf('.'), 0)..];
    }

    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        string[] patterns = words[1..];
        List<Row>? rows = LocalFiles.IsLocal(settings) ? Local(settings, patterns) : OverBus(session, patterns);
        if (rows is null) { return 1; }
        rows = [.. rows.Where(r => settings.Types.Count == 0 || settings.Types.Contains(r.Suffix.TrimStart('.')))];
        rows.Sort((a, b) => CaseFold.Compare(a.Suffix, b.Suffix) is var order && order != 0 ? order : CaseFold.Compare(a.Name, b.Name));
        Pager.Open(settings);
        Print(rows, settings);
        return rows.Count == 0 ? 1 : 0;
    }

    private static List<Row>? Local(Settings settings, string[] patterns)
    {
        if (LocalFiles.Open(settings, out Errno error) is not { } files)
        {
            _ = Log.Error("Failed to get unit file list", error);
            return null;
        }
        List<UnitFileEntry> all = files.List(patterns);
        LocalFiles.TellProblems(files);
        return [.. all.Select(e => new Row(e.Path.ToString(), e.State.Word())).Where(r => settings.States.Count == 0 || settings.States.Contains(r.State))];
    }

    private static List<Row>? OverBus(Session session, string[] patterns)
    {
        if (session.Manager() is not { } caller) { return null; }
        Settings settings = session.Settings;
        List<string> wanted = [.. patterns];
        if (settings.WithDependencies && wanted.Count > 0)
        {
            if (UnitNames.Expand(session, caller, wanted) is not { } units || Dependencies.Closure(session, caller, units) is not { } all) { return null; }
            wanted = all;
        }
        BusReply reply = caller.Manager("ListUnitFilesByPatterns", "asas", w =>
        {
            w.WriteStrings(settings.States.ToArray());
            w.WriteStrings(wanted.ToArray());
        }).Expect("a(ss)");
        if (reply.Failed)
        {
            _ = Log.Error($"Failed to list unit files: {reply.Error}");
            return null;
        }
        var rows = new List<Row>();
        MessageReader reader = reply.Reader;
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string path = reader.ReadText();
            rows.Add(new Row(path, reader.ReadText()));
        }
        reader.EndArray(array);
        return rows;
    }

    private static void Print(List<Row> rows, Settings settings)
    {
        var table = new Table("unit file", "state", "preset");
        table.CutAt(0, 33);
        Presets? presets = rows.Exists(r => FileStates.HasPreset(r.State)) && LocalFiles.Tree(settings, out _) is { } tree ? Presets.Read(settings.Scope, tree) : null;
        for (int i = 0; i < rows.Count; i++)
        {
            Row row = rows[i];
            string preset = presets is not null && FileStates.HasPreset(row.State) ? LocalFiles.Preset(presets, row.Name) : "";
            bool isLastOfType = i + 1 < rows.Count && rows[i + 1].Suffix != row.Suffix;
            string color = FileStates.Color(row.State);
            table.Add(
                new Cell(row.Name) { IsUnderlined = isLastOfType, PaintsGap = true },
                    new Cell(row.State, color) { IsUnderlined = isLastOfType, PaintsGap = true },
                new Cell(preset, preset.Length > 0 ? FileStates.PresetColor(preset) : Colors.Grey) { IsUnderlined = isLastOfType });
        }
        table.Print(settings);
        foreach (InstallProblem problem in presets?.Problems ?? []) { LocalFiles.Tell(problem); }
        if (!settings.NoLegend) { Stdio.Line($"\n{rows.Count} unit files listed."); }
    }
}
