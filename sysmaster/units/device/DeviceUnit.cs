using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Device;

/// <summary>
/// A device of the kernel under one of its names: its place in /sys, its node, a link to the node, an alias. All names of one device
/// follow the unit of its place in /sys. It cannot be started: a start waits until it is there. systemd.device(5).
/// </summary>
public sealed class DeviceUnit : Unit
{
    private const uint StateTag = TypeTags, FoundTag = TypeTags + 1;

    private string? _description;

    internal DeviceUnit(Manager manager, UnitName id) : base(manager, DeviceUnitType.Value, id) { }

    public DeviceState State { get; private set; }

    /// <summary>Who sees it.</summary>
    public DeviceFound Found { get; private set; }

    /// <summary>D-Bus SysFSPath; empty while it is not there.</summary>
    public ByteText SysPath { get; internal set; }

    /// <summary>SYSTEMD_MOUNT_DEVICE_BOUND=1: mounts of it go when it goes.</summary>
    public bool BindsMounts { get; private set; }

    /// <summary>SYSTEMD_WANTS= as it was last seen.</summary>
    internal List<UnitName> Wants { get; set; } = [];

    /// <summary>What a change of the device added to it while it was there.</summary>
    internal List<UnitName> NewWants { get; set; } = [];

    public override UnitActiveState ActiveState => DeviceStates.Row(State).Active;

    public override string SubState => DeviceStates.Row(State).Text;

    public override bool CanStop => false;

    public override Unit? Following => DeviceTable.Of(Manager).Leader(this);

    public override string Description => Settings.IsSet(UnitDirectives.Description) ? base.Description : _description ?? PathOrName;

    public override Usec DefaultJobRunningTimeout => Manager.Settings.Get(ManagerDirectives.DefaultDeviceTimeoutSec);

    protected override bool LoadsWithoutFile => true;

    private string PathOrName => Id.TryToPath(out ByteText path) ? path.ToString() : Id.Text;

    /// <summary>It is its own place in /sys: others follow it.</summary>
    internal bool IsLeader => Id.Text.StartsWith("sys-", StringComparison.Ordinal);

    protected override string? OnLoad()
    {
        return null;
    }

    /// <summary>Nothing to do but wait for it.</summary>
    protected override JobStep StartType() => JobStep.Started;

    internal void MarkMoved() => MarkChanged();

    /// <summary>Mounts that were seen before the device are bound now.</summary>
    internal void SetBindsMounts(bool binds)
    {
        BindsMounts = binds;
        if (!binds) { return; }
        foreach (Unit other in new List<Unit>(Others(Dep.RequiredBy)))
        {
            if (other is Mount.MountUnit mount) { mount.BindTo(this); }
        }
    }

    internal void Describe(string? description)
    {
        if (_description == description) { return; }
        _description = description;
        MarkChanged();
    }

    internal void SetFound(DeviceFound found)
    {
        DeviceFound before = Found;
        if (before == found) { return; }
        Found = found;
        if (before == DeviceFound.None) { InvocationId = InvocationId.New(); }
        Enter(DeviceStates.Next(before, found));
        MarkDirty();
    }

    private void Enter(DeviceState state)
    {
        UnitActiveState before = ActiveState;
        bool changed = State != state;
        State = state;
        if (state == DeviceState.Dead) { DeviceTable.Of(Manager).Unlink(this); }
        if (changed) { OnStateChanged(before, ActiveState); }
    }

    protected override void OnRemoved()
    {
        DeviceTable.Of(Manager).Unlink(this);
        base.OnRemoved();
    }

    protected override void WriteType(RecordWriter to)
    {
        WriteNonZero(to, StateTag, (uint)State);
        WriteNonZero(to, FoundTag, (uint)Found);
    }

    private DeviceState? _recordedState;
    private DeviceFound _recordedFound;

    protected override void ReadType(uint tag, in SavedField value)
    {
        if (tag == StateTag && value.Number < (ulong)DeviceStates.Rows.Length) { _recordedState = (DeviceState)value.Number; }
        else if (tag == FoundTag) { _recordedFound = (DeviceFound)value.Number & DeviceFound.All; }
    }

    /// <summary>What was seen now counts; what the record said decides only which way the change goes.</summary>
    protected override void OnRecovered()
    {
        if (_recordedState is not { } recorded) { return; }
        DeviceFound now = Found;
        if (now == _recordedFound && (State == recorded || now != DeviceFound.None))
        {
            State = recorded;
            return;
        }
        State = recorded;
        Enter(DeviceStates.Next(_recordedFound, now));
        MarkDirty();
    }
}
