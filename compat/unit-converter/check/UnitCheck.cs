using System.Text;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitFiles;
using SysMaster.Units;

namespace SysMaster.UnitConverter.Check;

/// <summary>One unit file, drop-in or system.conf against the tables that the manager itself reads with.</summary>
internal sealed class UnitCheck : IDiagnostics
{
    private readonly string _path;
    private readonly UnitName _unit;
    private readonly DirectiveSet? _set;
    private readonly List<Finding> _findings;
    private readonly SettingsBag _bag = new();
    private string _complaint = "";

    private UnitCheck(string path, UnitName unit, DirectiveSet? set, List<Finding> findings) => (_path, _unit, _set, _findings) = (path, unit, set, findings);

    /// <summary>Is this a file that the manager would read? Its name says so.</summary>
    public static bool IsUnitFile(string path) => Owner(path, out _) is not null;

    public static void Run(string path, List<Finding> findings)
    {
        if (Owner(path, out UnitName unit) is not { } set) { return; }
        Result<byte[]> content = SourceReader.Read(path, out string problem);
        if (content.Failed) { findings.Add(new Finding(path, 0, Verdict.BadLine, "", "", problem)); }
        else { new UnitCheck(path, unit, set, findings).Read(content.Value); }
    }

    public void Report(Severity severity, ByteText file, int line, string text)
    {
        if (severity <= Severity.Warning) { _complaint = text; }
    }

    /// <summary>The tables for a path: by the unit's name, or by that of the folder a drop-in lies in.</summary>
    private static DirectiveSet? Owner(string path, out UnitName unit)
    {
        string name = path[(path.LastIndexOf('/') + 1)..], folder = path.LastIndexOf('/') is > 0 and int slash ? path[..slash] : "";
        folder = folder[(folder.LastIndexOf('/') + 1)..];
        unit = UnitName.Parse("system.slice");
        if (name is "system.conf" or "user.conf" || (folder is "system.conf.d" or "user.conf.d" && name.EndsWith(".conf", StringComparison.Ordinal))) { return new DirectiveSet(ManagerDirectives.Section); }
        if (name.EndsWith(".conf", StringComparison.Ordinal) && folder.EndsWith(".d", StringComparison.Ordinal))
        {
            string owner = folder[..^2];
            // "service.d" holds for all services, "foo-.service.d" for all that begin so.
            if (!UnitName.TryParse(owner, out unit) && !UnitName.TryParse("any." + owner, out unit)) { return null; }
            return AllDirectives.Of(unit.Kind);
        }
        return UnitName.TryParse(name, out unit) ? AllDirectives.Of(unit.Kind) : null;
    }

    private void Read(byte[] content)
    {
        var context = new ParseContext(_unit, new SampleSpecifiers(_unit), this) { File = SourceReader.Path(_path) };
        var reader = new UnitFileReader(content);
        DirectiveSection? section = null;
        try
        {
            while (reader.MoveNext())
            {
                if (reader.Item == UnitFileItem.BadLine) { Add(reader.Line, Verdict.BadLine, "", "", UnitFileMessages.Of(reader.Problem, reader.Raw)); }
                else if (reader.Item == UnitFileItem.Section) { section = Section(ref reader); }
                else if (section is not null) { Line(section, ref reader, context); }
            }
        }
        finally { reader.Dispose(); }
    }

    private DirectiveSection? Section(ref UnitFileReader reader)
    {
        DirectiveSection? known = _set!.Section(reader.Section) ?? (reader.Section.SequenceEqual("Install"u8) ? AllDirectives.Plain.Section(reader.Section) : null);
        if (known is not null) { return known; }
        Add(reader.Line, Verdict.Unknown, Encoding.UTF8.GetString(reader.Section), "", "no section of this kind of unit: passed over");
        reader.IgnoreSection();
        return null;
    }

    private void Line(DirectiveSection section, ref UnitFileReader reader, ParseContext context)
    {
        string key = Encoding.UTF8.GetString(reader.Key);
        if (section.Find(reader.Key) is not { } row)
        {
            if (!key.StartsWith("X-", StringComparison.Ordinal)) { Add(reader.Line, Verdict.Unknown, section.Name, key, "no directive of this section: passed over"); }
            return;
        }
        context.Origin = new Origin(0, reader.Line);
        context.Name = row.Name ?? "";
        _complaint = "";
        row.Parse(_bag, reader.Value, context);
        if (_complaint.Length > 0) { Add(reader.Line, Verdict.BadValue, section.Name, key, _complaint); }
        else if (row.Honour == Honour.Obsolete) { Add(reader.Line, Verdict.Obsolete, section.Name, key, row.SlotRow.Name is { } now && now != row.Name ? $"an old name of {now}=" : "accepted, and has no effect any more"); }
        else { Add(reader.Line, row.Honour == Honour.Not ? Verdict.ParsedOnly : Verdict.Honoured, section.Name, key, row.Honour == Honour.Not ? "known, but has no effect with sysmaster" : ""); }
    }

    private void Add(int line, Verdict verdict, string section, string key, string text) => _findings.Add(new Finding(_path, line, verdict, section, key, Text.Quote.ForPeople(text)));
}
