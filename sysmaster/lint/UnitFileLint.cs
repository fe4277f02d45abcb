using System.Text;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units;

namespace SysMaster.Lint;

/// <summary>One unit file, drop-in or system.conf against the tables that the manager itself reads with.</summary>
public sealed class UnitFileLint : IDiagnostics
{
    /// <summary>Bytes; what the manager reads of a unit file, too.</summary>
    private const int MaxSize = 64 << 20;

    private readonly string _path;
    private readonly UnitName _unit;
    private readonly DirectiveSet? _set;
    private readonly MachineFacts? _machine;
    private readonly List<Finding> _findings;
    private readonly SettingsBag _bag = new();
    private string _complaint = "";

    private UnitFileLint(string path, UnitName unit, DirectiveSet? set, MachineFacts? machine, List<Finding> findings) =>
        (_path, _unit, _set, _machine, _findings) = (path, unit, set, machine, findings);

    /// <summary>Is this a file that the manager would read? Its name says so.</summary>
    public static bool IsUnitFile(string path) => Owner(path, out _) is not null;

    /// <param name="machine">Null: what the lines name is not looked up.</param>
    public static void Run(string path, MachineFacts? machine, List<Finding> findings)
    {
        if (Owner(path, out UnitName unit) is not { } set) { return; }
        Result<FileStat> stat = Sys.Stat((ByteText)path);
        if (!stat.Failed && !stat.Value.IsRegular)
        {
            findings.Add(new Finding(Rules.BadLine, path, 0, "", "", "is no regular file"));
            return;
        }

        Result<byte[]> content = Sys.ReadFile((ByteText)path, MaxSize);
        if (content.Failed) { findings.Add(new Finding(Rules.BadLine, path, 0, "", "", $"cannot be read: {content.Error}")); }
        else
        {
            if (machine is not null) { Permissions(path, findings); }
            new UnitFileLint(path, unit, set, machine, findings).Read(content.Value);
        }
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
        var context = new ParseContext(_unit, new SampleSpecifiers(_unit), this) { File = (ByteText)_path };
        var reader = new UnitFileReader(content);
        DirectiveSection? section = null;
        try
        {
            while (reader.MoveNext())
            {
                if (reader.Item == UnitFileItem.BadLine) { Add(reader.Line, Rules.BadLine, "", "", UnitFileMessages.Of(reader.Problem, reader.Raw)); }
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
        Add(reader.Line, Rules.UnknownSection, Encoding.UTF8.GetString(reader.Section), "", "no section of this kind of unit: passed over");
        reader.IgnoreSection();
        return null;
    }

    private void Line(DirectiveSection section, ref UnitFileReader reader, ParseContext context)
    {
        string key = Encoding.UTF8.GetString(reader.Key);
        if (section.Find(reader.Key) is not { } row)
        {
            if (!key.StartsWith("X-", StringComparison.Ordinal)) { Add(reader.Line, Rules.Unknown, section.Name, key, "no directive of this section: passed over"); }
            return;
        }
        context.Origin = new Origin(0, reader.Line);
        context.Name = row.Name ?? "";
        _complaint = "";
        row.Parse(_bag, reader.Value, context);
        if (_complaint.Length > 0) { Add(reader.Line, Rules.BadValue, section.Name, key, _complaint); }
        else if (row.Honour == Honour.Obsolete)
        {
            Directive today = row.SlotRow;
            bool isHere = section.Find(Encoding.UTF8.GetBytes(today.Name ?? "")) == today;
            Add(reader.Line, Rules.Obsolete, section.Name, key,
                today == row || today.Name is null ? "accepted, and has no effect any more" : isHere ? $"an old name of {today.Name}=" : $"its place is [Unit] {today.Name}= now",
                isHere && today != row && MeansTheSame(row, today, reader.Value, context) ? today.Name : null);
        }
        else if (row.Honour == Honour.Not) { Add(reader.Line, Rules.ParsedOnly, section.Name, key, "known, but has no effect with sysmaster"); }
        else
        {
            Add(reader.Line, Rules.Honoured, section.Name, key, "");
            if (_machine is not null) { LookUp(_machine, row, ref reader, section.Name, key, context); }
        }
    }

    private static bool MeansTheSame(Directive old, Directive today, ReadOnlySpan<byte> value, ParseContext context)
    {
        var one = new SettingsBag();
        var other = new SettingsBag();
        old.Parse(one, value, context);
        today.Parse(other, value, context);
        return one.Count == 1 && other.Count == 1 && one.Items[0].SameValue(other.Items[0]);
    }

    /// <summary>What the line names, on the machine.</summary>
    private void LookUp(MachineFacts machine, Directive row, ref UnitFileReader reader, string section, string key, ParseContext context)
    {
        var alone = new SettingsBag();
        switch (row)
        {
            case Directive<ExecCommandSpec[]> commands:
                row.Parse(alone, reader.Value, context);
                foreach (ExecCommandSpec command in alone.Get(commands))
                {
                    if (_unit.IsTemplate || (command.Flags & ExecCommandFlags.IgnoreFailure) != 0 || machine.IsProgram(command.Path.ToString())) { continue; }
                    Add(reader.Line, Rules.MissingProgram, section, key, command.Path + " is not there, or cannot be executed");
                }

                break;
            case Directive<OptionalPath[]> files:
                row.Parse(alone, reader.Value, context);
                foreach (OptionalPath file in alone.Get(files))
                {
                    string path = file.Path.ToString();
                    if (!file.MayBeMissing && !_unit.IsTemplate && !path.Contains('*') && !machine.Exists(path)) { Add(reader.Line, Rules.MissingFile, section, key, path + " is not there"); }
                }

                break;
            case Directive<UnitName[]> units when key is "Requires" or "BindsTo" or "Requisite":
                row.Parse(alone, reader.Value, context);
                foreach (UnitName unit in alone.Get(units))
                {
                    if (!_unit.IsTemplate && !machine.IsUnit(unit)) { Add(reader.Line, Rules.MissingUnit, section, key, unit.Text + " is not there"); }
                }

                break;
        }
    }

    private static void Permissions(string path, List<Finding> findings)
    {
        Result<FileStat> stat = Sys.Stat((ByteText)path);
        if (!stat.Failed && (stat.Value.Mode & 0x12) != 0)
        {
            findings.Add(new Finding(Rules.Writable, path, 0, "", "", $"has the mode {Convert.ToString(stat.Value.Mode & 0xFFF, 8)}: its group or others may write it"));
        }
    }

    private void Add(int line, Rule rule, string section, string key, string text, string? now = null) =>
        _findings.Add(new Finding(rule, _path, line, section, key, text, now));
}
