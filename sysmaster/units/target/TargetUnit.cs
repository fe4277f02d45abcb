using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Target;

/// <summary>A name for a set of units: active once it was started, with nothing of its own to do. systemd.target(5).</summary>
public sealed class TargetUnit : Unit
{
    private const uint StateTag = TypeTags;

    private bool _active;

    internal TargetUnit(Manager manager, UnitName id) : base(manager, TargetUnitType.Value, id) { }

    public override UnitActiveState ActiveState => _active ? UnitActiveState.Active : UnitActiveState.Inactive;

    public override string SubState => _active ? "active" : "dead";

    protected override string? OnLoad()
    {
        if (Get(UnitDirectives.DefaultDependencies)) { AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Shutdown, DepOrigin.Default); }
        return null;
    }

    protected override JobStep StartType()
    {
        InvocationId = InvocationId.New();
        Enter(true);
        return JobStep.Started;
    }

    protected override JobStep StopType()
    {
        Enter(false);
        return JobStep.Started;
    }

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
