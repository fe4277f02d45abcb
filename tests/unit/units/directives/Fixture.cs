using System.Runtime.CompilerServices;
using System.Text;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Tests.Directives;

/// <summary>What the tests of directives share: captured facts, a sink for complaints, and a unit to parse for.</summary>
internal sealed class Fixture : IDiagnostics, ISpecifierSource
{
    public List<string> Complaints { get; } = [];

    public ParseContext Context(UnitKind kind = UnitKind.Service, int line = 2)
        => new(UnitName.Parse("p." + (kind == UnitKind.None ? "service" : kind.Word())), this, this) { File = new ByteText("/etc/p.conf"), Origin = new Origin(0, line) };

    public void Report(Severity severity, ByteText file, int line, string text) => Complaints.Add(text);

    public SpecifierResult Expand(byte specifier, ref ByteBuilder output)
    {
        if (specifier != (byte)'t') { return Specifiers.ExpandName(UnitName.Parse("p.service"), specifier, ref output); }
        output.AppendAscii("/run");
        return SpecifierResult.Done;
    }

    /// <summary>Parses lines "Name=value" of one section into a bag.</summary>
    public SettingsBag Parse(DirectiveSection section, params string[] lines)
    {
        var bag = new SettingsBag();
        ParseContext ctx = Context();
        for (int i = 0; i < lines.Length; i++)
        {
            int equals = lines[i].IndexOf('=', StringComparison.Ordinal);
            Directive row = section.Find(Encoding.UTF8.GetBytes(lines[i][..equals])) ?? throw new InvalidOperationException("no row " + lines[i]);
            ctx.Name = row.Name!;
            ctx.Origin = new Origin(0, i + 1);
            row.Parse(bag, Encoding.UTF8.GetBytes(lines[i][(equals + 1)..]), ctx);
        }
        return bag;
    }

    public static string Text(SettingsBag bag)
    {
        var to = new ByteBuilder(new byte[4096]);
        foreach (Setting item in bag.Items)
            item.PrintLines(ref to);
        return to.ToString();
    }

    /// <summary>A table of captured facts: lines of tab-separated columns, the first line their names.</summary>
    public static IEnumerable<string[]> Facts(string name, bool header = true, [CallerFilePath] string here = "")
        => System.IO.File.ReadLines(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "data", name)).Skip(header ? 1 : 0).Select(l => l.Split('\t'));

    public static DirectiveSection Section(string name) => AllDirectives.Sections().Single(s => s.Name == name);

    public static UnitKind KindOf(string section) => UnitKinds.FromWord(section.ToLowerInvariant());
}
