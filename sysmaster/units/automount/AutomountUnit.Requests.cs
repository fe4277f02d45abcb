using System.Globalization;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.Units.Mount;

namespace SysMaster.Units.Automount;

/// <summary>Requests of the kernel, their answers, and what is kept of them.</summary>
public sealed partial class AutomountUnit
{
    public void OnReady(FdSource source, uint ready)
    {
        if ((ready & LibC.EPOLLIN) == 0)
        {
            // Somebody has unmounted the trigger.
            ClosePipe();
            Log.Error(this, $"The automount point is gone.");
            EnterDead(ControlResult.Unmounted);
            return;
        }
        if (_pipe is not { } pipe) { return; }
        // A request is looked at, and taken from the pipe in a later turn, when it is in the record: whoever made it waits for this one answer.
        Result<int> n = Autofs.Peek(pipe.Fd, _packet);
        AutofsRequest? request = n.Failed ? null : Autofs.Parse(_packet.AsSpan(0, n.Value));
        if (request is { } seen && seen.Token != _seen)
        {
            _seen = seen.Token;
            OnRequest(seen);
            return;
        }
        n = Sys.Read(pipe.Fd, _packet);
        if (request is not null || n.Error == Errno.EAGAIN) { return; }
        if (n.Failed)
        {
            Log.Error(this, $"Invalid read from autofs pipe: {n.Error.ToString()}");
            EnterDead(ControlResult.Resources);
        }
        // One that could not be looked at, for want of descriptors or memory.
        else if (Autofs.Parse(_packet.AsSpan(0, n.Value)) is { } unseen) { OnRequest(unseen); }
        else { Log.Error(this, $"Received unknown automount request."); }
    }

    private void OnRequest(AutofsRequest request)
    {
        MarkDirty();
        if (request.IsExpire)
        {
            Log.Debug(this, $"Got direct umount request on {Where.ToString()}");
            _expire.Disarm();
            _expiring.Add(request.Token);
            Manager.AddJobOrLog(JobType.Stop, Manager.Load(MountName), JobMode.Replace, this);
            return;
        }
        Log.Info(this, $"Got automount request for {Where.ToString()}, triggered by {request.Pid}");
        _waiting.Add(request.Token);
        if (Job is { Type: JobType.Stop })
        {
            Log.Debug(this, $"Suppressing automount request since unit stop is scheduled.");
            Answer(_waiting, s_hostDown);
            return;
        }
        QueueEffect(RunEffectBit);
    }

    private void StartMount()
    {
        if (State is not (AutomountState.Waiting or AutomountState.Running)) { return; }
        Result<FileStat> stat = Sys.Stat(Where, followLinks: false);
        if (stat.Failed)
        {
            Log.Error(this, $"Failed to look at the automount point: {stat.Error.ToString()}");
            EnterDead(ControlResult.Resources);
            return;
        }
        Unit mount = Manager.Load(MountName);
        if (!stat.Value.IsDirectory || stat.Value.Device != _device)
        {
            Log.Info(this, $"Automount point already active?");
            Enter(AutomountState.Running);
            if (mount.ActiveState.IsActiveOrReloading()) { Answer(_waiting, Errno.None); }
            return;
        }
        Enter(AutomountState.Running);
        if (Manager.AddJob(JobType.Start, mount, JobMode.Replace, out _) is { } refusal)
        {
            Log.Warning(this, $"Failed to queue mount startup job: {refusal.Message}");
            EnterDead(ControlResult.Resources);
        }
    }

    protected override void OnTriggeredUnitChanged(Unit triggered)
    {
        if (triggered is not MountUnit { IsLoaded: true } mount || State is not (AutomountState.Waiting or AutomountState.Running)) { return; }
        if (mount.Result == ControlResult.StartLimitHit)
        {
            EnterDead(ControlResult.MountStartLimitHit);
            return;
        }
        if (mount.Job is not null) { return; }
        bool isUp = mount.State == MountState.Mounted || MountStates.IsRemounting(mount.State);
        if (isUp)
        {
            Answer(_waiting, Errno.None);
            if (State != AutomountState.Running) { Enter(AutomountState.Running); }
            ArmExpiry();
        }
        if (mount.State == MountState.Dead) { Answer(_expiring, Errno.None); }
        else if (mount.State != MountState.Unmounting) { Answer(_expiring, Errno.ENODEV); }
        if (mount.State is MountState.Dead or MountState.Failed || MountStates.IsUnmounting(mount.State))
        {
            Answer(_waiting, Errno.ENODEV);
            if (State != AutomountState.Waiting) { Enter(AutomountState.Waiting); }
        }
    }

    private void Answer(SortedSet<uint> tokens, Errno result)
    {
        if (tokens.Count == 0) { return; }
        Result<OwnedFd> control = Autofs.Open(Where, _device);
        if (control.Failed) { Log.Warning(this, $"Automount requests could not be answered: {control.Error.ToString()}"); }
        foreach (uint token in tokens)
        {
            if (control.Failed) { break; }
            Errno error = Autofs.Answer(control.Value.Fd, token, result);
            if (error == Errno.EINVAL) { Log.Debug(this, $"Automount request {token} has been answered already."); }
            else if (error.Failed) { Log.Warning(this, $"Failed to answer automount request: {error.ToString()}"); }
        }
        if (!control.Failed) { control.Value.Dispose(); }
        tokens.Clear();
        MarkDirty();
    }

    private void ArmExpiry()
    {
        if (Idle == Usec.Zero || Idle.IsInfinity || _expiry is not null || _expire.IsArmed) { return; }
        ulong step = Math.Max(Idle.Value / 3, Usec.PerSec);
        _expire.ArmAt(Manager.Loop.Now + new Usec(step));
    }

    public void OnElapsed(Deadline timer)
    {
        if (State != AutomountState.Running || _expiry is not null) { return; }
        Result<OwnedFd> control = Autofs.Open(Where, _device);
        if (control.Failed)
        {
            Log.Warning(this, $"Failed to expire automount, ignoring: {control.Error.ToString()}");
            ArmExpiry();
            return;
        }
        _expiry = AutomountExpiry.Start(control.Value, Manager.Loop, OnExpiryEnded);
    }

    private void OnExpiryEnded()
    {
        _expiry = null;
        if (State == AutomountState.Running) { ArmExpiry(); }
    }

    private static class Tag
    {
        public const uint State = TypeTags, Result = TypeTags + 1, Device = TypeTags + 2, Waiting = TypeTags + 4, Expiring = TypeTags + 5, Seen = TypeTags + 6;
    }

    protected override void WriteType(RecordWriter to)
    {
        WriteNonZero(to, Tag.State, (uint)State);
        WriteNonZero(to, Tag.Result, (uint)Result);
        WriteNonZero(to, Tag.Device, _device);
        WriteNonZero(to, Tag.Seen, _seen);
        foreach (uint token in _waiting) { to.Write(Tag.Waiting, token); }
        foreach (uint token in _expiring) { to.Write(Tag.Expiring, token); }
    }

    protected override void ReadType(uint tag, in SavedField value)
    {
        switch (tag)
        {
            case Tag.State: State = value.Number < (ulong)AutomountStates.Rows.Length ? (AutomountState)value.Number : AutomountState.Dead; break;
            case Tag.Result: Result = (ControlResult)value.Number; break;
            case Tag.Device: _device = value.Number; break;
            case Tag.Seen: _seen = (uint)value.Number; break;
            case Tag.Waiting: _waiting.Add((uint)value.Number); break;
            case Tag.Expiring: _expiring.Add((uint)value.Number); break;
        }
    }

    /// <summary>What happened to the mount meanwhile is looked at as if it had just changed.</summary>
    protected override void OnRecovered()
    {
        if (State is not (AutomountState.Waiting or AutomountState.Running)) { return; }
        if (_waiting.Count > 0 && PendingEffects == 0) { QueueEffect(RunEffectBit); }
        else if (Manager.Find(MountName) is MountUnit mount && (mount.State == MountState.Mounted || _expiring.Count > 0)) { OnTriggeredUnitChanged(mount); }
    }

    public override void OnKeptFd(string key, OwnedFd fd)
    {
        if (key != "pipe" || State is not (AutomountState.Waiting or AutomountState.Running) || _pipe is not null)
        {
            fd.Dispose();
            Manager.DropFd(PipeKey);
            return;
        }
        Watch(fd);
    }
}
