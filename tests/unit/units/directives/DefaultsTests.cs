using System.Globalization;
using System.Text;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Tests.Directives;

/// <summary>Defaults against what <c>systemctl show --all</c> of systemd 252 printed for units that set almost nothing (data/shown.tsv).</summary>
public sealed class DefaultsTests
{
    /// <summary>What the captured units or the capture machine set themselves, or what depends on the machine.</summary>
    private static readonly HashSet<string> s_notDefault =
    [
        "CPUAccounting", "MemoryAccounting", "TasksAccounting", "TasksMax", "DefaultTasksMax",   // system.conf's defaults: in the fallback bag
        "LimitSTACKSoft", "LimitCORESoft", "LimitNOFILE", "LimitNOFILESoft", "LimitNPROC", "LimitNPROCSoft", "LimitMEMLOCK", "LimitMEMLOCKSoft", "LimitSIGPENDING",
        "LimitSIGPENDINGSoft", "LimitMSGQUEUE", "LimitMSGQUEUESoft", "LimitNICE", "LimitNICESoft", "LimitRTPRIO", "LimitRTPRIOSoft",
        "CapabilityBoundingSet", "CapabilityBoundingSet", "TTYRows", "TTYColumns", "RestrictNamespaces", "MountFlags", "AmbientCapabilities", "Personality", "NUMAPolicy",
        "Description", "RequiresMountsFor", "IgnoreOnIsolate", "DefaultDependencies", "Documentation", "FileDescriptorName", "Where", "What", "Options", "Type", "TimeoutIdleUSec",
        "Persistent", "Unit", "MakeDirectory", "MemoryMax", "CPUWeight", "SocketMode", "LogLevel", "ExecStart",
        "KeyringMode",   // private for services, shared for the other types
    ];

    [Fact]
    public void Unset_settings_are_shown_as_systemd_shows_them()
    {
        var wrong = new List<string>();
        int compared = 0;
        foreach (string[] fact in Fixture.Facts("shown.tsv"))
        {
            string property = fact[1].Replace("Default", "", StringComparison.Ordinal);
            if (s_notDefault.Contains(fact[1]) || fact[0] == "Manager" && s_notDefault.Contains(property))
                continue;
            Directive? row = fact[0] == "Manager" ? ManagerDirectives.Table.FindBus(Encoding.ASCII.GetBytes(fact[1]))
                : AllDirectives.Of(Fixture.KindOf(fact[0])).FindBus(Encoding.ASCII.GetBytes(fact[1]));
            if (row is null || (row.Use & BusUse.Shown) == 0 || Show(row) is not { } shown)
                continue;
            compared++;
            if (shown != fact[2])
                wrong.Add($"{fact[0]}.{fact[1]}: {shown} for {fact[2]}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        compared.Should().BeGreaterThan(800);
    }

    private static string? Show(Directive row)
    {
        var writer = new MessageWriter();
        row.WriteBus(new SettingsBag(), writer);
        var reader = new MessageReader(writer.Body);
        string name = row.Bus!;
        return row.BusSignature switch
        {
            "b" => reader.ReadBoolean() ? "yes" : "no",
            "s" => reader.ReadText(),
            "i" => reader.ReadInt32() is var i && name.EndsWith("ExitStatus", StringComparison.Ordinal) && i < 0 ? "[not set]" : i.ToString(CultureInfo.InvariantCulture),
            "u" => reader.ReadUInt32() is var u && (name.EndsWith("Mode", StringComparison.Ordinal) || name == "UMask") ? "0" + Convert.ToString(u, 8).PadLeft(3, '0') : u.ToString(CultureInfo.InvariantCulture),
            "t" => Number(name, reader.ReadUInt64()),
            "as" => string.Join(' ', reader.ReadTexts()),
            "ay" => reader.ReadBytes().IsEmpty ? "" : null,
            _ => null,
        };
    }

    private static string Number(string name, ulong value)
    {
        if (name.EndsWith("USec", StringComparison.Ordinal))
            return TimeSpanText.Format(new Usec(value));
        if (value == ulong.MaxValue)
            return name.EndsWith("Weight", StringComparison.Ordinal) || name.EndsWith("Shares", StringComparison.Ordinal) ? "[not set]" : "infinity";
        return name == "CoredumpFilter" ? "0x" + value.ToString("x", CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);
    }
}
