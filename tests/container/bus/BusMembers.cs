using System.Reflection;
using SysMaster.DBus.Systemd1;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Container.Tests;

/// <summary>A method, or the setting of a property, as it was declared.</summary>
/// <param name="Input">Signature of the arguments.</param>
/// <param name="Arguments">Their names.</param>
/// <param name="Access">Who may: <see cref="Access"/>.</param>
/// <param name="IsSetter">Setting a property, through org.freedesktop.DBus.Properties.</param>
internal sealed record BusMemberFacts(string Path, string Interface, string Member, string Input, string[] Arguments, int Access, bool IsSetter);

/// <summary>
/// Everything that somebody can ask of the manager, found by reflection: all declarations of the assembly, and those that are made for the unit types.
/// So what is added tomorrow is in the tables that go over them.
/// </summary>
internal static class BusMembers
{
    /// <summary>The object on which a declaration is looked at; {job} stands for the path of a job that waits.</summary>
    private static readonly Dictionary<string, string> s_paths = new()
    {
        ["org.freedesktop.systemd1.Manager"] = "/org/freedesktop/systemd1",
        ["org.freedesktop.systemd1.Unit"] = Unit("sec.service"),
        ["org.freedesktop.systemd1.Job"] = "{job}",
        ["org.freedesktop.LogControl1"] = "/org/freedesktop/LogControl1",
        ["org.sysmaster.Recovery"] = "/org/sysmaster/recovery",
        ["org.sysmaster.History"] = "/org/sysmaster/history",
        ["org.sysmaster.Plan"] = "/org/sysmaster/plan",
        ["org.freedesktop.DBus"] = "/org/freedesktop/DBus",
    };

    private static readonly Dictionary<UnitKind, string> s_units = new()
    {
        [UnitKind.Service] = "sec.service", [UnitKind.Socket] = "sec.socket", [UnitKind.Target] = "multi-user.target", [UnitKind.Device] = "sec.device",
        [UnitKind.Mount] = "-.mount", [UnitKind.Automount] = "sec.automount", [UnitKind.Swap] = "sec.swap", [UnitKind.Timer] = "sec.timer",
        [UnitKind.Path] = "sec.path", [UnitKind.Slice] = "system.slice", [UnitKind.Scope] = "init.scope",
    };

    public static IReadOnlyList<BusMemberFacts> All { get; } = [.. Find()];

    private static IEnumerable<BusMemberFacts> Find()
    {
        const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        IEnumerable<BusInterface> declared = typeof(BusFront).Assembly.GetTypes().Where(static t => !t.ContainsGenericParameters).SelectMany(static t => t.GetFields(Statics))
            .Where(static f => typeof(BusInterface).IsAssignableFrom(f.FieldType)).Select(static f => (BusInterface)f.GetValue(null)!);
        foreach (BusInterface one in declared)
        {
            s_paths.TryGetValue(one.Name, out string? path).Should().BeTrue("{0} is declared, so the tables need an object that has it", one.Name);
            foreach (BusMemberFacts member in Of(one, path!)) { yield return member; }
        }
        foreach (UnitKind kind in Enum.GetValues<UnitKind>())
        {
            if (kind == UnitKind.None) { continue; }
            foreach (BusMemberFacts member in TypeInterfaces.Of(kind).SelectMany(part => Of(part, Unit(s_units[kind])))) { yield return member; }
        }
    }

    private static IEnumerable<BusMemberFacts> Of(BusInterface one, string path)
    {
        for (int i = 0; i < one.MethodCount; i++)
        {
            MethodFacts method = one.MethodAt(i);
            yield return new(path, one.Name, method.Member.Name, System.Text.Encoding.ASCII.GetString(method.Input), method.Arguments.Split(' '), method.Access, IsSetter: false);
        }
        for (int i = 0; i < one.PropertyCount; i++)
        {
            PropertyFacts property = one.PropertyAt(i);
            if (property.IsWritable) { yield return new(path, one.Name, property.Member.Name, System.Text.Encoding.ASCII.GetString(property.Type), ["value"], property.Access, IsSetter: true); }
        }
    }

    private static string Unit(string name) => BusPath.OfUnit(UnitName.Parse(name));
}
