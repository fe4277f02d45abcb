using System.Xml.Linq;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1.Tests;

/// <summary>The interfaces against what systemd 252 says of its own (data/, as it was introspected).</summary>
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

        PropertiesOf(parts).Should().Equal(Properties(Paths.InterfaceOf(kind)));
        MethodsOf(parts).Should().BeEquivalentTo(Methods(Paths.InterfaceOf(kind)));
        SignalsOf(parts).Should().BeEquivalentTo(Signals(Paths.InterfaceOf(kind)));
    }

    [Fact]
    public void Every_unit_has_all_members_in_order()
    {
        PropertiesOf([UnitInterface.Declaration]).Should().Equal(Properties(Paths.UnitInterface));
        MethodsOf([UnitInterface.Declaration]).Should().Equal(Methods(Paths.UnitInterface));
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
        PropertiesOf([ManagerInterface.Declaration]).Should().Equal(Properties(Paths.ManagerInterface));
        MethodsOf([ManagerInterface.Declaration]).Should().Equal(Methods(Paths.ManagerInterface));
        SignalsOf([ManagerInterface.Declaration]).Should().BeEquivalentTo(Signals(Paths.ManagerInterface));
    }

    [Fact]
    public void LogControl_has_all_members()
        => PropertiesOf([LogControlInterface.Declaration]).Should().Equal(Properties("org.freedesktop.LogControl1"));

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
