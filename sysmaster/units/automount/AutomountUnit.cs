using System.Globalization;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Mount;

namespace SysMaster.Units.Automount;

/// <summary>
/// A trigger (autofs, direct) on a directory: who goes there waits until the mount unit of the same name is up.
/// <code>
/// dead → waiting ⇄ running → dead | failed
/// </code>
/// Requests come out of a pipe with a token each; all are answered when the mount is up or has failed, with an error when the trigger
/// is taken away. TimeoutIdleSec=: the kernel is asked from time to time; its answer is a request to unmount, with a token as well.
/// Races it lives with: a request may come while the unit is to be stopped (it fails at once), and when the mount is there already.
/// The pipe, the tokens and the trigger itself outlive a restart of the manager.
/// </summary>
public sealed partial class AutomountUnit : Unit, IFdObserver, IDeadlineObserver
{
    private const uint SetEffect = 1, RunEffectBit = 2, ClearEffect = 4;
    private const int EHOSTDOWN = 112;

    private static readonly Errno s_hostDown = new(EHOSTDOWN);

    private readonly Deadline _expire;
    private readonly SortedSet<uint> _waiting = [];
    private readonly SortedSet<uint> _expiring = [];
    private readonly byte[] _packet = new byte[LibC.AutofsPacketSize];
    private OwnedFd? _pipe;
    private FdSource? _source;
    private AutomountExpiry? _expiry;
    private ulong _device;

    /// <summary>The token of the last request that was looked at; tokens of the kernel's are never zero, and none comes twice.</summary>
    private uint _seen;

    internal AutomountUnit(Manager manager, UnitName id) : base(manager, AutomountUnitType.Value, id)
    {
        _expire = new Deadline(manager.Monotonic, this);
    }

    public AutomountState State { get; private set; }

    public ControlResult Result { get; private set; }

    public ByteText Where
    {
        get
        {
            if (Settings.IsSet(AutomountDirectives.Where)) { return Get(AutomountDirectives.Where); }
            return Id.TryToPath(out ByteText path) ? path : default;
        }
    }

    public override UnitActiveState ActiveState => AutomountStates.Row(State).Active;

    public override string SubState => AutomountStates.Row(State).Text;

    /// <summary>It stays with its mount: what lies on the mount point is ordered after both.</summary>
    protected override bool MayCollect => _waiting.Count == 0 && _expiring.Count == 0 && Manager.Find(MountName) is not MountUnit { Kernel: not null };

    private UnitName MountName => Id.WithKind(UnitKind.Mount);

    private string PipeKey => $"automount/{Id}/pipe";

    private Usec Idle => Get(AutomountDirectives.TimeoutIdleSec);

    protected override string? OnLoad()
    {
        ByteText where = Where;
        AddDependency(Dep.Before | Dep.Triggers, MountName, DepOrigin.Implicit);
        if (where.Span.SequenceEqual("/"u8))   // nothing that it could lie on
        {
            LoadFailure = Errno.EADDRNOTAVAIL;
            return "";
        }
        Manager.AddMountsFor(this, MountPoints.ParentOf(where), Dep.Requires);
        if (Get(UnitDirectives.DefaultDependencies) && Manager.IsSystem)
        {
            AddDependency(Dep.Before, SpecialUnits.LocalFs, DepOrigin.Default);
            AddDependency(Dep.After, SpecialUnits.LocalFsPre, DepOrigin.Default);
            AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Umount, DepOrigin.Default);
        }
        UnitName expected = UnitName.FromPath(where.Span, UnitKind.Automount);
        return expected.IsValid && HasName(expected) ? null : "Where= setting doesn't match unit name.";
    }

    protected override JobStep TestStartLimit()
    {
        if (IsWithinStartLimit()) { return JobStep.Started; }
        EnterDead(ControlResult.StartLimitHit);
        return JobStep.StartLimitHit;
    }

    protected override JobStep StartType()
    {
        if (Sys.IsMountPoint(Where.CString))
        {
            Log.Error(this, $"Path {Where.ToString()} is already a mount point, refusing start.");
            return JobStep.Failed;
        }
        if (Manager.Load(MountName) is not { IsLoaded: true })
        {
            Log.Error(this, $"Refusing to start, unit {MountName} to trigger not loaded.");
            return JobStep.Failed;
        }
        InvocationId = InvocationId.New();
        Result = ControlResult.Success;
        Enter(AutomountState.Waiting);
        QueueEffect(SetEffect);
        return JobStep.Started;
    }

    protected override JobStep StopType()
    {
        EnterDead(ControlResult.Success);
        return JobStep.Started;
    }

    protected override void RunEffect(uint bit)
    {
        switch (bit)
        {
            case SetEffect: SetTrigger(); break;
            case RunEffectBit: StartMount(); break;
            case ClearEffect: ClearTrigger(); break;
        }
    }

    /// <summary>The one place that changes the state.</summary>
    private void Enter(AutomountState state)
    {
        AutomountState before = State;
        UnitActiveState activeBefore = ActiveState;
        BeforeStateChange();
        if (state != AutomountState.Running) { _expire.Disarm(); }
        State = state;
        if (state is AutomountState.Dead or AutomountState.Failed)
        {
            DropEffects(SetEffect | RunEffectBit);
            if (before is AutomountState.Waiting or AutomountState.Running) { QueueEffect(ClearEffect); }
        }
        MarkDirty();
        if (before != state) { Log.Debug(this, $"Changed {AutomountStates.Row(before).Text} -> {AutomountStates.Row(state).Text}"); }
        OnStateChanged(activeBefore, ActiveState);
    }

    private void EnterDead(ControlResult result)
    {
        if (Result == ControlResult.Success) { Result = result; }
        LogEnd(Result == ControlResult.Success, Result.Text());
        Enter(Result == ControlResult.Success ? AutomountState.Dead : AutomountState.Failed);
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == AutomountState.Failed) { Enter(AutomountState.Dead); }
        Result = ControlResult.Success;
        MarkDirty();
    }

    /// <summary>Done again where a manager was killed over it: a trigger whose pipe init has is the one, any other of ours has nobody to answer it.</summary>
    private void SetTrigger()
    {
        if (_pipe is null) { MakeTrigger(); }
        if (_pipe is not null) { Adjust(); }
    }

    private void MakeTrigger()
    {
        ByteText where = Where;
        if (Sys.IsMountPoint(where.CString)) { Unmount(); }   // there was none when the unit was started
        uint mode = Get(AutomountDirectives.DirectoryMode);
        _ = Sys.MkdirAll(where, mode, mode);
        MountPoints.WarnIfNotEmpty(this, where);
        Result<OwnedFd> pipe = Autofs.Mount(where, string.Create(CultureInfo.InvariantCulture, $"systemd-{LibC.getpid()}"), Get(AutomountDirectives.ExtraOptions));
        if (pipe.Failed)
        {
            Log.Error(this, $"Failed to initialize automounter: {pipe.Error.ToString()}");
            EnterDead(ControlResult.Resources);
            return;
        }
        Watch(pipe.Value);
        Manager.KeepFd(PipeKey, pipe.Value.Fd);
    }

    private void Adjust()
    {
        ByteText where = Where;
        Result<FileStat> stat = Sys.Stat(where, followLinks: false);
        _device = stat.Failed ? 0 : stat.Value.Device;
        MarkDirty();
        Result<OwnedFd> control = Autofs.Open(where, _device);
        Errno error = control.Failed ? control.Error : Autofs.SetTimeout(control.Value.Fd, Idle);
        if (!control.Failed) { control.Value.Dispose(); }
        if (!error.Failed) { return; }
        Log.Error(this, $"Failed to initialize automounter: {error.ToString()}");
        EnterDead(ControlResult.Resources);
    }

    private void Watch(OwnedFd pipe)
    {
        _pipe = pipe;
        _source = new FdSource(pipe.Fd, EventPriority.Activation, this);
        Manager.Loop.Add(_source, LibC.EPOLLIN);
    }

    /// <summary>Everybody who waits is let go with an error, and the trigger is taken away.</summary>
    private void ClearTrigger()
    {
        Answer(_waiting, s_hostDown);
        Answer(_expiring, s_hostDown);
        ClosePipe();
        Unmount();
    }

    private void ClosePipe()
    {
        _source?.Dispose();
        _source = null;
        _pipe?.Dispose();
        _pipe = null;
        Manager.DropFd(PipeKey);
    }

    /// <summary>What was mounted on the trigger, and the trigger below it.</summary>
    private unsafe void Unmount()
    {
        ByteText where = Where;
        fixed (byte* p = where.CString)
        {
            while (LibC.umount2(p, LibC.MNT_DETACH | LibC.UMOUNT_NOFOLLOW) == 0) { }
        }
        Errno error = Errno.Last;
        if (error != Errno.EINVAL && error != Errno.ENOENT) { Log.Error(this, $"Failed to unmount: {error.ToString()}"); }
    }

    protected override void OnRemoved()
    {
        _expire.Disarm();
        _expiry = null;
        ClosePipe();
        base.OnRemoved();
    }
}
