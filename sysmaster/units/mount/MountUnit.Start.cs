using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Mount;

/// <summary>Mounting, remounting, unmounting: the jobs, and the commands that carry them out.</summary>
public sealed partial class MountUnit
{
    /// <summary>The one effect: carry out what the state is for.</summary>
    private const uint EffectOfState = 1;

    private static readonly ByteText s_mount = "/bin/mount"u8;
    private static readonly ByteText s_umount = "/bin/umount"u8;

    protected override void RunEffect(uint bit)
    {
        switch (State)
        {
            case MountState.Mounting: SpawnMount(); break;
            // The command never ran (its manager died first), and somebody else has mounted it.
            case MountState.MountingDone: EnterMounted(ControlResult.Success); break;
            case MountState.Remounting: SpawnRemount(); break;
            case MountState.Unmounting: SpawnUnmount(); break;
            case MountState.RemountingSigterm or MountState.RemountingSigkill or MountState.UnmountingSigterm or MountState.UnmountingSigkill:
                Kill();
                break;
        }
    }

    protected override JobStep TestStartLimit()
    {
        if (IsWithinStartLimit()) { return JobStep.Started; }
        EnterDead(ControlResult.StartLimitHit);
        return JobStep.StartLimitHit;
    }

    protected override JobStep StartType()
    {
        if (MountStates.IsUnmounting(State) || State == MountState.Cleaning) { return JobStep.Again; }
        if (State is MountState.Mounting or MountState.MountingDone) { return JobStep.UnderWay; }
        InvocationId = InvocationId.New();
        Result = ReloadResult = ControlResult.Success;
        (MountRun, RemountRun, UnmountRun) = (Afresh(MountRun), Afresh(RemountRun), Afresh(UnmountRun));
        Manager.Cgroups.OnActivation(this);
        EnterAndAct(MountState.Mounting);
        return JobStep.Started;
    }

    protected override JobStep StopType()
    {
        switch (State)
        {
            case MountState.Mounted:
                EnterUnmounting();
                return JobStep.Started;
            case MountState.Mounting or MountState.MountingDone or MountState.Remounting:
                EnterSignal(MountState.UnmountingSigterm, ControlResult.Success);
                break;
            // The hung remount is being ended already; what follows is different now.
            case MountState.RemountingSigterm: Enter(MountState.UnmountingSigterm); break;
            case MountState.RemountingSigkill: Enter(MountState.UnmountingSigkill); break;
            case MountState.Cleaning: EnterSignal(MountState.UnmountingSigkill, ControlResult.Success); break;
        }
        return JobStep.UnderWay;
    }

    protected override JobStep ReloadType()
    {
        if (State != MountState.Mounted) { return JobStep.Invalid; }
        ReloadResult = ControlResult.Success;
        EnterAndAct(MountState.Remounting);
        return JobStep.Started;
    }

    /// <summary>The command is shown still, how it ran belongs to an earlier life.</summary>
    private static ExecRun? Afresh(ExecRun? run) => run is null ? null : new ExecRun { Command = run.Command };

    private void EnterUnmounting()
    {
        if (!MountStates.IsUnmounting(State)) { _umounts = 0; }
        EnterAndAct(MountState.Unmounting);
    }

    private void EnterSignal(MountState state, ControlResult result)
    {
        Fail(result);
        EnterAndAct(state);
    }

    private void SpawnMount()
    {
        ByteText where = Where, what = Get(MountDirectives.What);
        uint mode = Get(MountDirectives.DirectoryMode);
        if (IsThroughLink(where))
        {
            Log.Error(this, $"Mount path {where.ToString()} is not canonical (contains a symlink).");
            EnterDeadOrMounted(ControlResult.Resources);
            return;
        }
        if (what.IsEmpty)
        {
            Log.Warning(this, $"There is no configuration to mount it by.");
            EnterDeadOrMounted(ControlResult.Resources);
            return;
        }
        MakeDirectory(where, mode);
        MountPoints.WarnIfNotEmpty(this, where);
        if (MountOptions.IsBind(Get(MountDirectives.Type), Get(MountDirectives.Options))) { MakeDirectory(what, mode, "make bind mount source"); }
        List<ByteText> arguments = [s_mount, what, where];
        AddSwitches(arguments);
        AddOption(arguments, "-t"u8, Get(MountDirectives.Type));
        AddOption(arguments, "-o"u8, MountOptions.ForMount(Get(MountDirectives.Options)));
        if (Spawn(s_mount, arguments)) { MountRun = Control.Run; }
        else { EnterDeadOrMounted(ControlResult.Resources); }
    }

    private void SpawnRemount()
    {
        ByteText what = Get(MountDirectives.What), options = MountOptions.ForMount(Get(MountDirectives.Options));
        var text = new ByteBuilder(stackalloc byte[256]);
        text.Append("remount"u8);
        if (!options.IsEmpty)
        {
            text.Append((byte)',');
            text.Append(options.Span);
        }
        List<ByteText> arguments = [s_mount, what, Where];
        AddOption(arguments, "-o"u8, text.ToByteText());
        AddSwitches(arguments);
        AddOption(arguments, "-t"u8, Get(MountDirectives.Type));
        text.Dispose();
        if (!what.IsEmpty && Spawn(s_mount, arguments)) { RemountRun = Control.Run; return; }
        ReloadResult = ControlResult.Resources;
        EnterDeadOrMounted(ControlResult.Success);
    }

    private void SpawnUnmount()
    {
        List<ByteText> arguments = [s_umount, Where, "-c"u8];
        if (Get(MountDirectives.LazyUnmount)) { arguments.Add("-l"u8); }
        if (Get(MountDirectives.ForceUnmount)) { arguments.Add("-f"u8); }
        if (Spawn(s_umount, arguments)) { UnmountRun = Control.Run; }
        else { EnterDeadOrMounted(ControlResult.Resources); }
    }

    private void AddSwitches(List<ByteText> arguments)
    {
        if (Get(MountDirectives.SloppyOptions)) { arguments.Add("-s"u8); }
        if (Get(MountDirectives.ReadWriteOnly)) { arguments.Add("-w"u8); }
    }

    private static void AddOption(List<ByteText> arguments, ReadOnlySpan<byte> option, ByteText value)
    {
        if (value.IsEmpty) { return; }
        arguments.Add(option);
        arguments.Add(value);
    }

    private bool Spawn(ByteText program, List<ByteText> arguments)
    {
        ForgetControl();
        var command = new ExecCommandSpec(program, arguments.ToArray(), ExecCommandFlags.NoEnvironmentExpand);
        Errno error = Manager.Exec.Spawn(new SpawnContext(this, Control, command) { IsControl = true, ApplySandbox = false, SameProcessGroup = true });
        if (error.Failed) { Log.Warning(this, $"Failed to spawn '{program.ToString()}': {error.ToString()}"); }
        else if (Control.Run is { } run) { run.Command = command; }
        return !error.Failed;
    }

    private void Kill()
    {
        KillKind kind = State is MountState.RemountingSigterm or MountState.UnmountingSigterm ? KillKind.Terminate : KillKind.Kill;
        if (Manager.Kill.Unit(this, kind, null, Control, mainIsAlien: false)) { return; }
        bool sendSigkill = Get(KillDirectives.SendSIGKILL);
        switch (State)
        {
            case MountState.RemountingSigterm when sendSigkill: EnterSignal(MountState.RemountingSigkill, ControlResult.Success); break;
            case MountState.RemountingSigterm or MountState.RemountingSigkill: EnterMounted(ControlResult.Success); break;
            case MountState.UnmountingSigterm when sendSigkill: EnterSignal(MountState.UnmountingSigkill, ControlResult.Success); break;
            default: EnterDeadOrMounted(ControlResult.Success); break;
        }
    }

    private void MakeDirectory(ByteText path, uint mode, string step = "create mount point")
    {
        if (Sys.Exists(path)) { return; }
        Errno error = Sys.MkdirAll(path, mode, mode);
        if (error.Failed && error != Errno.EEXIST) { Log.Warning(this, $"Failed to {step} '{path.ToString()}', ignoring: {error.ToString()}"); }
    }

    /// <summary>A link on the way would put the mount elsewhere than the unit's name says.</summary>
    private static bool IsThroughLink(ByteText path)
    {
        Result<OwnedFd> opened = Sys.OpenAt2(new Fd(LibC.AT_FDCWD), path, LibC.O_PATH | LibC.O_CLOEXEC, ResolveNoSymlinks);
        if (opened.Failed) { return opened.Error == Errno.ELOOP; }
        opened.Value.Dispose();
        return false;
    }

    private const ulong ResolveNoSymlinks = 0x04;
}
