using System.Xml.Linq;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1.Tests;

/// <summary>
/// The interfaces against what systemd 252 says of its own (data/, as it was introspected), and what 253 to 255 added (data/later.tsv): we say that we are 255.
/// </summary>
public sealed class CompletenessTests
{
    public static TheoryData<UnitKind> Kinds()
    {
        var kinds = new TheoryData<UnitKind>();
        foreach (UnitKind kind in Enum.GetValues<UnitKind>())
        {
            if (kind != UnitKind.None) { kinds.Add(kind); }
        }
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_unit_type_has_all_members_in_order(UnitKind kind)
    {
        BusInterface<UnitObject>[] parts = [.. TypeInterfaces.Of(kind)];

        HasAll(PropertiesOf(parts), Paths.InterfaceOf(kind));
        HasAllMethods(MethodsOf(parts), Paths.InterfaceOf(kind));
        SignalsOf(parts).Should().BeEquivalentTo(Signals(Paths.InterfaceOf(kind)));
    }

    [Fact]
    public void Every_unit_has_all_members_in_order()
    {
        HasAll(PropertiesOf([UnitInterface.Declaration]), Paths.UnitInterface);
        HasAllMethods(MethodsOf([UnitInterface.Declaration]), Paths.UnitInterface);
    }

    [Fact]
    public void A_job_has_all_members()
    {
        PropertiesOf([JobInterface.Declaration]).Should().Equal(Properties(Paths.JobInterface));
        MethodsOf([JobInterface.Declaration]).Should().Equal(Methods(Paths.JobInterface));
    }

    [Fact]
    public void The_manager_has_all_members_in_order()
    {
        HasAll(PropertiesOf([ManagerInterface.Declaration]), Paths.ManagerInterface);
        HasAllMethods(MethodsOf([ManagerInterface.Declaration]), Paths.ManagerInterface);
        SignalsOf([ManagerInterface.Declaration]).Should().BeEquivalentTo(Signals(Paths.ManagerInterface));
    }

    [Fact]
    public void LogControl_has_all_members()
        => PropertiesOf([LogControlInterface.Declaration]).Should().Equal(Properties("org.freedesktop.LogControl1"));

    private static void HasAll(IEnumerable<string> properties, string name)
    {
        string[] later = [.. Later(name)], ours = [.. properties];
        ours.Where(p => !later.Contains(p)).Should().Equal(Properties(name));
        ours.Where(later.Contains).Should().BeEquivalentTo(later);
    }

    private static void HasAllMethods(IEnumerable<string> methods, string name)
    {
        string[] later = [.. Rows(name).Where(c => c.Length == 7).Select(c => $"{c[1]} {c[2]} {c[3]} {c[4]}".TrimEnd())], ours = [.. methods];
        ours.Where(m => !later.Contains(m)).Should().BeEquivalentTo(Methods(name), o => o.WithStrictOrdering());
        ours.Where(later.Contains).Should().BeEquivalentTo(later);
    }

    private static IEnumerable<string> Later(string name) => Rows(name).Where(c => c.Length == 6).Select(c => $"{c[1]} {c[2]} {c[3]} {c[4]}");

    private static IEnumerable<string[]> Rows(string name)
        => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "later.tsv")).Where(l => l[0] != '#').Select(l => l.Split('\t')).Where(c => c[0] == name);

    private static IEnumerable<string> PropertiesOf<T>(BusInterface<T>[] parts)
        where T : class
        => parts.SelectMany(p => p.Properties).Where(p => (p.Flags & MemberFlags.Hidden) == 0)
            .Select(p => $"{p.Name} {p.Type} {(p.Set is null ? "read" : "readwrite")} {Word(p.Emits)}");

    private static IEnumerable<string> MethodsOf<T>(BusInterface<T>[] parts)
        where T : class
        => parts.SelectMany(p => p.Methods).Where(m => (m.Flags & MemberFlags.Hidden) == 0).Select(m => $"{m.Name} {m.Input} {m.Output} {m.Arguments}".TrimEnd());

    private static IEnumerable<string> SignalsOf<T>(BusInterface<T>[] parts)
        where T : class
        => parts.SelectMany(p => p.Signals).Select(s => $"{s.Name} {s.Type}".TrimEnd());

    private static string Word(Emits emits) => emits switch { Emits.Change => "true", Emits.Const => "const", Emits.Invalidates => "invalidates", _ => "false" };

    private static IEnumerable<string> Properties(string name) => Members(name, "property").Select(p =>
        $"{p.Attribute("name")!.Value} {p.Attribute("type")!.Value} {p.Attribute("access")!.Value} {EmitsOf(p)}");

    private static string EmitsOf(XElement property) => property.Elements("annotation")
        .FirstOrDefault(a => a.Attribute("name")!.Value == "org.freedesktop.DBus.Property.EmitsChangedSignal")?.Attribute("value")!.Value ?? "true";

    private static IEnumerable<string> Methods(string name) => Members(name, "method").Select(m =>
        $"{m.Attribute("name")!.Value} {Signature(m, "in")} {Signature(m, "out")} {string.Join(' ', m.Elements("arg").Select(a => a.Attribute("name")!.Value))}".TrimEnd());

    private static IEnumerable<string> Signals(string name) => Members(name, "signal").Select(s =>
        $"{s.Attribute("name")!.Value} {string.Concat(s.Elements("arg").Select(a => a.Attribute("type")!.Value))}".TrimEnd());

    private static string Signature(XElement method, string direction)
        => string.Concat(method.Elements("arg").Where(a => a.Attribute("direction")!.Value == direction).Select(a => a.Attribute("type")!.Value));

    private static IEnumerable<XElement> Members(string name, string kind)
        => XDocument.Load(Path.Combine(AppContext.BaseDirectory, "data", name + ".xml")).Descendants("interface").Single(i => i.Attribute("name")!.Value == name).Elements(kind);
}
