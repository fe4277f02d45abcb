using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>What every unit shows beside its [Unit] settings: state, graph, files.</summary>
internal static class UnitProperties
{
    public static readonly Getter<UnitObject>[] All =
    [
        new("Id", "s", static (o, w) => w.WriteString(o.Unit.Id.Text)),
        new("Names", "as", static (o, w) => WriteNames(o.Unit, w)),
        new("Following", "s", static (o, w) => w.WriteString(o.Unit.Following?.Id.Text ?? "")),
        .. Dependencies(),
        new("RequiresMountsFor", "as", static (o, w) => w.WriteStrings([.. o.Unit.Manager.MountsNeededBy(o.Unit)])),
        new("WantsMountsFor", "as", static (o, w) => w.WriteStrings([.. o.Unit.Manager.MountsWantedBy(o.Unit)])),
        new("Description", "s", static (o, w) => w.WriteString(o.Unit.Description)),
        new("AccessSELinuxContext", "s", static (o, w) => w.WriteString("")),
        new("LoadState", "s", static (o, w) => w.WriteString(o.Unit.LoadState.Text())),
        new("ActiveState", "s", static (o, w) => w.WriteString(o.Unit.ActiveState.Text())),
        new("FreezerState", "s", static (o, w) => w.WriteString(o.Unit.Freezer.Text())),
        new("SubState", "s", static (o, w) => w.WriteString(o.Unit.SubState)),
        new("FragmentPath", "s", static (o, w) => w.WriteString(o.Unit.FragmentPath)),
        new("DropInPaths", "as", static (o, w) => w.WriteStrings(o.Unit.DropInPaths)),
        new("UnitFileState", "s", static (o, w) => w.WriteString(o.Front.Files.StateOf(o.Unit))),
        new("UnitFilePreset", "s", static (o, w) => w.WriteString(o.Front.Files.PresetOf(o.Unit))),
        .. Stamps("StateChange", static t => t.StateChange),
        .. Stamps("InactiveExit", static t => t.InactiveExit),
        .. Stamps("ActiveEnter", static t => t.ActiveEnter),
        .. Stamps("ActiveExit", static t => t.ActiveExit),
        .. Stamps("InactiveEnter", static t => t.InactiveEnter),
        new("CanStart", "b", static (o, w) => w.WriteBoolean(CanStart(o.Unit))),
        new("CanStop", "b", static (o, w) => w.WriteBoolean(IsSupported(o.Unit) && !o.Unit.Get(UnitDirectives.RefuseManualStop) && o.Unit.CanStop)),
        new("CanReload", "b", static (o, w) => w.WriteBoolean(o.Unit.CanReload)),
        new("CanIsolate", "b", static (o, w) => w.WriteBoolean(o.Unit.CanIsolate && CanStart(o.Unit))),
        new("CanClean", "as", static (o, w) => UnitDirectories.WriteKinds(o.Unit, w)),
        new("CanFreeze", "b", static (o, w) => w.WriteBoolean(CgroupReader.CanFreeze(o.Unit))),
        new("JobRunningTimeoutUSec", "t", static (o, w) => w.WriteUInt64(o.Unit.JobRunningTimeout.Value)),
        new("IgnoreOnIsolate", "b", static (o, w) => w.WriteBoolean(o.Unit.IgnoresIsolate)),
        new("Job", "(uo)", static (o, w) => WriteJob(o.Unit, w)),
        new("NeedDaemonReload", "b", static (o, w) => w.WriteBoolean(o.Front.Files.IsStale(o.Unit))),
        new("Markers", "as", static (o, w) => w.WriteStrings(o.Unit.Markers.Words())),
        new("ConditionResult", "b", static (o, w) => w.WriteBoolean(o.Unit.ConditionResult)),
        new("AssertResult", "b", static (o, w) => w.WriteBoolean(o.Unit.AssertResult)),
        .. Stamps("Condition", static t => t.Condition),
        .. Stamps("Assert", static t => t.Assert),
        new("Conditions", "a(sbbsi)", static (o, w) => WriteConditions(o.Unit, UnitDirectives.Conditions, o.Unit.Conditions, assert: false, w)),
        new("Asserts", "a(sbbsi)", static (o, w) => WriteConditions(o.Unit, UnitDirectives.Asserts, o.Unit.Asserts, assert: true, w)),
        new("LoadError", "(ss)", static (o, w) => WriteLoadError(o.Unit, w)),
        new("Transient", "b", static (o, w) => w.WriteBoolean(o.Unit.IsTransient)),
        new("Perpetual", "b", static (o, w) => w.WriteBoolean(o.Unit.IsPerpetual)),
        new("InvocationID", "ay", static (o, w) => WriteInvocation(o.Unit, w)),
        new("Refs", "as", static (o, w) => o.Front.Clients.WriteRefs(o.Unit, w)),
        new("ActivationDetails", "a(ss)", static (o, w) => w.EndArray(w.BeginArray(8))),
    ];

    private static bool IsSupported(Unit unit) => unit.Type.IsSupported is not { } supported || supported(unit.Manager);

    /// <summary>What lives once (a scope) cannot be started again.</summary>
    private static bool CanStart(Unit unit) => unit.IsLoaded && IsSupported(unit) && !unit.Get(UnitDirectives.RefuseManualStart) && unit.CanStart
        && !(unit.Type.Has(UnitCaps.OncePerStart) && unit.Timestamps.InactiveExit.IsSet);

    private static IEnumerable<Getter<UnitObject>> Dependencies()
    {
        for (int i = 0; i < Deps.Count; i++)
        {
            var kind = (Dep)(1u << i);
            if (kind is Dep.References or Dep.ReferencedBy or Dep.InSlice) { continue; }
            yield return new Getter<UnitObject>(Deps.Name(kind), "as", (o, w) => WriteOthers(o.Unit, kind, w));
        }
        // Names of old versions, still asked for.
        yield return Hidden("RequiresOverridable");
        yield return Hidden("RequisiteOverridable");
        yield return Hidden("RequiredByOverridable");
        yield return Hidden("RequisiteOfOverridable");
        static Getter<UnitObject> Hidden(string name) => new(name, "as", static (_, w) => w.EndArray(w.BeginArray(4)), Flags: MemberFlags.Hidden);
    }

    public static IEnumerable<Getter<UnitObject>> Stamps(string name, Func<UnitTimestamps, DualTimestamp> of)
    {
        yield return new Getter<UnitObject>(name + "Timestamp", "t", (o, w) => w.WriteUInt64(of(o.Unit.Timestamps).Realtime.Value));
        yield return new Getter<UnitObject>(name + "TimestampMonotonic", "t", (o, w) => w.WriteUInt64(of(o.Unit.Timestamps).Monotonic.Value));
    }

    public static void WriteJob(Unit unit, MessageWriter w)
    {
        w.BeginStruct();
        w.WriteUInt32(unit.Job?.Id ?? 0);
        w.WriteObjectPath(Paths.Of(unit.Job));
    }

    private static void WriteNames(Unit unit, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(4);
        w.WriteString(unit.Id.Text);
        foreach (UnitName alias in unit.Aliases ?? []) { w.WriteString(alias.Text); }
        w.EndArray(array);
    }

    private static void WriteOthers(Unit unit, Dep kind, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(4);
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & kind) != 0) { w.WriteString(edge.Other.Id.Text); }
        }
        w.EndArray(array);
    }

    private static void WriteConditions(Unit unit, Directive<ConditionSpec[]> row, List<Core.Conditions.Condition>? tested, bool assert, MessageWriter w)
    {
        ConditionSpec[] specs = unit.Get(row);
        ArrayMark array = w.BeginArray(8);
        // In the order in which they are tested: the last line first.
        for (int i = 0; i < specs.Length; i++)
        {
            int result = tested is not null && tested.Count == specs.Length ? tested[i].BusResult : 0;
            ConditionKind.WriteOne(specs[^(i + 1)], assert, result, w);
        }
        w.EndArray(array);
    }

    private static void WriteLoadError(Unit unit, MessageWriter w)
    {
        w.BeginStruct();
        w.WriteString(unit.LoadError?.Name ?? "");
        w.WriteString(unit.LoadError?.Message ?? "");
    }

    private static void WriteInvocation(Unit unit, MessageWriter w)
    {
        Span<byte> id = stackalloc byte[16];
        unit.InvocationId.WriteTo(id);
        w.WriteBytes(unit.InvocationId.IsNull ? default : id);
    }
}
