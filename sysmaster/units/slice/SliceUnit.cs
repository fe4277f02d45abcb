using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Slice;

/// <summary>An inner node of the control group tree: its name is its place, a-b.slice lies in a.slice. systemd.slice(5).</summary>
public sealed class SliceUnit : Unit
{
    private const uint StateTag = TypeTags;
    private const uint RealizeEffect = 1;

    private static readonly ByteText[] s_documentation = ["man:systemd.special(7)"u8];

    private bool _active;

    internal SliceUnit(Manager manager, UnitName id) : base(manager, SliceUnitType.Value, id)
    {
        if (id != SpecialUnits.RootSlice && !(manager.IsSystem && id == SpecialUnits.SystemSlice)) { return; }
        Flags |= UnitFlags.Perpetual;
        _active = true;
    }

    public override UnitActiveState ActiveState => _active ? UnitActiveState.Active : UnitActiveState.Inactive;

    public override string SubState => _active ? "active" : "dead";

    public override string Description => Settings.IsSet(UnitDirectives.Description) ? base.Description : DefaultDescription;

    protected override bool LoadsWithoutFile => true;

    protected override UnitName? WantedSlice => Id == SpecialUnits.RootSlice ? null : Id.SliceParent;

    private string DefaultDescription => Id == SpecialUnits.RootSlice ? "Root Slice" : Id == SpecialUnits.SystemSlice ? "System Slice" : $"Slice {SlicePath}";

    private string SlicePath => "/" + string.Join('/', Id.Stem.ToString().Split('-'));

    protected override string? OnLoad()
    {
        if (!Id.IsSlice)
        {
            LoadFailure = Errno.EINVAL;
            return "";
        }
        if (Settings.IsSet(CgroupDirectives.Slice) && Get(CgroupDirectives.Slice) != WantedSlice) { return "Located outside of its parent slice."; }
        if (IsPerpetual)
        {
            Settings.Set(UnitDirectives.DefaultDependencies, false, Origin.Default);
            Settings.Set(UnitDirectives.Documentation, s_documentation, Origin.Default);
            NoteAlwaysActive();
            return null;
        }
        if (!Get(UnitDirectives.DefaultDependencies)) { return null; }
        AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Shutdown, DepOrigin.Default);
        return null;
    }

    protected override JobStep StartType()
    {
        InvocationId = InvocationId.New();
        Enter(true);
        QueueEffect(RealizeEffect);
        return JobStep.Started;
    }

    protected override JobStep StopType()
    {
        Enter(false);
        return JobStep.Started;
    }

    protected override void RunEffect(uint bit) => Manager.Cgroups.Realize(this);

    protected override void WriteType(RecordWriter to) => WriteNonZero(to, StateTag, _active ? 1u : 0);

    protected override void ReadType(uint tag, in SavedField value) => _active |= tag == StateTag && value.Number != 0;

    private void Enter(bool active)
    {
        BeforeStateChange();
        UnitActiveState before = ActiveState;
        _active = active;
        OnStateChanged(before, ActiveState);
    }
}
