using System.Text;
using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Tests.Directives;

public sealed class CompletenessTests
{
    /// <summary>Properties of the interfaces that are no settings: state, timestamps, statistics, the graph.</summary>
    private static readonly HashSet<string> s_state =
    [
        // units
        "Id", "Names", "Following", "RequiredBy", "RequisiteOf", "WantedBy", "BoundBy", "UpheldBy", "ConsistsOf", "ConflictedBy", "OnSuccessOf", "OnFailureOf",
        "Triggers", "TriggeredBy", "SliceOf", "AccessSELinuxContext", "LoadState", "ActiveState", "FreezerState", "SubState", "FragmentPath", "DropInPaths",
        "UnitFileState", "UnitFilePreset", "CanStart", "CanStop", "CanReload", "CanIsolate", "CanClean", "CanFreeze", "Job", "NeedDaemonReload", "Markers",
        "ConditionResult", "AssertResult", "LoadError", "Transient", "Perpetual", "InvocationID", "Refs", "ActivationDetails", "Result", "CleanResult", "ReloadResult",
        // processes and control groups
        "MainPID", "ControlPID", "NFileDescriptorStore", "StatusText", "StatusErrno", "UID", "GID", "NRestarts", "ExecMainPID", "ExecMainCode", "ExecMainStatus",
        "ControlGroup", "ControlGroupId", "MemoryCurrent", "MemoryPeak", "MemorySwapCurrent", "MemorySwapPeak", "MemoryZSwapCurrent", "MemoryAvailable", "CPUUsageNSec", "EffectiveCPUs", "EffectiveMemoryNodes", "TasksCurrent",
        "IPIngressBytes", "IPIngressPackets", "IPEgressBytes", "IPEgressPackets", "IOReadBytes", "IOReadOperations", "IOWriteBytes", "IOWriteOperations", "SameProcessGroup",
        // settings that the bus has in another shape
        "RestartUSecNext", "NFTSet",
        "NConnections", "NAccepted", "NRefused", "ExecMount", "ExecUnmount", "ExecRemount", "ExecActivate", "ExecDeactivate", "Controller",
        "NextElapseUSecRealtime", "NextElapseUSecMonotonic", "LastTriggerUSec", "LastTriggerUSecMonotonic",
        // the manager
        "Version", "Features", "Virtualization", "ConfidentialVirtualization", "Architecture", "Tainted", "NNames", "NFailedUnits", "NJobs", "NInstalledJobs", "NFailedJobs", "Progress",
        "ConfirmSpawn", "ShowStatus", "UnitPath", "ServiceWatchdogs", "SystemState", "ExitCode",
    ];

    [Fact]
    public void Every_directive_of_systemd_has_a_row()
    {
        var missing = new List<string>();
        foreach (string[] fact in Fixture.Facts("directives.tsv"))
        {
            if (Fixture.Section(fact[0]).Find(Encoding.ASCII.GetBytes(fact[1])) is null)
                missing.Add($"[{fact[0]}] {fact[1]}=");
        }

        missing.Should().BeEmpty();
    }

    [Fact]
    public void No_row_is_declared_twice_in_a_section()
    {
        foreach (DirectiveSection section in AllDirectives.Sections())
        {
            var names = new List<string>();
            var ids = new List<ushort>();
            foreach (DirectiveTable table in section.Tables)
            {
                foreach (Directive row in table.Rows)
                {
                    ids.Add(row.Id);
                    if (row.Name is { } name)
                        names.Add(name);
                }
            }

            names.Should().OnlyHaveUniqueItems(section.Name);
            ids.Should().OnlyHaveUniqueItems(section.Name).And.NotContain((ushort)0);
        }
    }

    [Fact]
    public void Tables_of_one_unit_type_do_not_share_ids()
    {
        for (UnitKind kind = UnitKind.Service; kind <= UnitKind.Scope; kind++)
        {
            var ids = new List<ushort>();
            foreach (DirectiveSection section in AllDirectives.Of(kind).Sections)
            {
                foreach (DirectiveTable table in section.Tables)
                    ids.AddRange(table.Rows.ToArray().Select(r => r.Id));
            }

            ids.Should().OnlyHaveUniqueItems(kind.ToString());
        }
    }

    [Fact]
    public void Every_setting_on_the_bus_has_a_row_of_its_signature()
    {
        var wrong = new List<string>();
        foreach (string[] fact in Fixture.Facts("properties.tsv"))
        {
            if (s_state.Contains(fact[1]) || fact[1].Contains("Timestamp", StringComparison.Ordinal) || fact is ["Manager", "Environment" or "ControlGroup", _])
                continue;
            Directive? row = FindBus(fact[0], fact[1]);
            if (row is null || row.BusSignature != fact[2] || (row.Use & (BusUse.Shown | BusUse.Runtime)) == 0)
                wrong.Add($"{fact[0]}.{fact[1]} {fact[2]}: {row?.BusSignature ?? "no row"}");
        }

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void No_row_shows_a_property_that_systemd_does_not_have()
    {
        var known = Fixture.Facts("properties.tsv").Select(f => f[0] + "." + f[1]).ToHashSet();
        var invented = new List<string>();
        foreach (DirectiveSection section in AllDirectives.Sections())
        {
            foreach (DirectiveTable table in section.Tables)
            {
                foreach (Directive row in table.Rows)
                {
                    if ((row.Use & BusUse.Shown) != 0 && !known.Contains(section.Name + "." + row.Bus))
                        invented.Add(section.Name + "." + row.Bus);
                }
            }
        }

        invented.Should().BeEmpty();
    }

    [Fact]
    public void Every_transient_property_can_be_set()
    {
        string[] special =   // answered by the bus code itself: they are no settings
            ["Markers", "AddRef", "PIDs", "Controller", "StandardInputFileDescriptor", "StandardOutputFileDescriptor", "StandardErrorFileDescriptor"];
        // The list has them as live; systemd 252 refuses them on a loaded unit (compat: property/cgroup).
        string[] notLive = ["Delegate", "DelegateControllers", "IPIngressFilterPath", "IPEgressFilterPath", "BPFProgram"];
        // The list has it; systemd 252 answers that it cannot be set (compat: transient/unit-properties).
        string[] refused = ["JobTimeoutUSec"];
        var wrong = new List<string>();
        foreach (string[] fact in Fixture.Facts("transient.tsv").Where(f => !special.Contains(f[1]) && !refused.Contains(f[1])))
        {
            foreach (string type in Types(fact[0]))
            {
                if (type == "Target" && fact[1] == "Slice" || type == "Scope" && fact[1] is "User" or "Group")
                    continue;
                Directive? row = AllDirectives.Of(Fixture.KindOf(type)).FindBus(Encoding.ASCII.GetBytes(fact[1]));
                BusUse need = fact[3] == "y" && !notLive.Contains(fact[1]) ? BusUse.Live : BusUse.Set;
                bool signature = row is not null && (fact[2].Length == 0 || row.TransientSignature == fact[2] || row.BusSignature == fact[2] || fact[1] == "User");
                if (row is null || (row.Use & need) == 0 && (row.Use & BusUse.Hidden) == 0 || !signature)
                    wrong.Add($"{type}.{fact[1]} {fact[2]}: {row?.Use.ToString() ?? "no row"} {row?.BusSignature}");
            }
        }

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Rows_are_counted()
    {
        DirectiveCounters count = AllDirectives.Count();

        count.Total.Should().Be(count.Honoured + count.NotHonoured + count.Obsolete);
        count.Total.Should().BeGreaterThanOrEqualTo(Fixture.Facts("directives.tsv").Count());
        count.NotHonoured.Should().BePositive();
    }

    [Fact]
    public void Every_directive_has_a_line_of_help()
    {
        var silent = new List<string>();
        foreach (DirectiveSection section in AllDirectives.Sections())
        {
            foreach (DirectiveTable table in section.Tables)
                silent.AddRange(table.Rows.ToArray().Where(r => r.Name is not null && r.Doc.Length == 0).Select(r => $"[{section.Name}] {r.Name}="));
        }

        silent.Should().BeEmpty();
    }

    private static Directive? FindBus(string type, string property)
    {
        byte[] name = Encoding.ASCII.GetBytes(property);
        if (type != "Manager")
            return AllDirectives.Of(Fixture.KindOf(type)).FindBus(name);
        return ManagerDirectives.Table.FindBus(name);
    }

    private static string[] Types(string scope) => scope switch
    {
        "every unit" => ["Service", "Target", "Slice"],
        "units with resource control" => ["Service", "Socket", "Mount", "Swap", "Slice", "Scope"],
        _ => [.. scope.Split(' ').Select(w => char.ToUpperInvariant(w[0]) + w[1..])],
    };
}
