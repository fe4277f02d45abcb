using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>How a process ended, or stopped. waitid(2).</summary>
/// <param name="Code">CLD_EXITED, CLD_KILLED or CLD_DUMPED.</param>
/// <param name="Status">Exit status, or the signal.</param>
public readonly record struct ChildExit(int Code, int Status)
{
    public bool IsSuccess => Code == LibC.CLD_EXITED && Status == 0;
}

/// <summary>What reaches a unit from outside; most types ignore most of it.</summary>
public abstract partial class Unit
{
    /// <summary>A watched process, or one found in this unit's control group, has ended; it is still a zombie.</summary>
    protected internal virtual void OnChildExited(int pid, ChildExit exit) { }

    /// <summary>No process is left in the unit's control group.</summary>
    protected internal virtual void OnCgroupEmpty() { }

    /// <summary>Somebody killed in this unit's control group for lack of memory.</summary>
    /// <param name="byManagedOom">systemd-oomd, else the kernel.</param>
    protected internal virtual void OnOutOfMemory(bool byManagedOom) { }

    /// <summary>A datagram of sd_notify(3) from one of its processes. The descriptors are the unit's to keep or close.</summary>
    protected internal virtual void OnNotify(in NotifyMessage message) { }

    /// <summary>Somebody has taken or lost BusName=.</summary>
    protected internal virtual void OnBusNameChanged(string name, string? oldOwner, string? newOwner) { }

    /// <summary>An executor answered about a process that this unit asked for.</summary>
    protected internal virtual void OnProcessSpawned(ProcessSlot slot) { }

    /// <summary>execve succeeded.</summary>
    protected internal virtual void OnProcessExecuted(ProcessSlot slot) { }

    /// <summary>It never came to be: no PID was made.</summary>
    protected internal virtual void OnSpawnFailed(ProcessSlot slot, Errno error) { }

    /// <summary>After a restart of the manager: the state was read back; watch again what the kernel still has.</summary>
    protected internal virtual void OnRecovered() { }

    /// <summary>There is no record of it, but these processes are in its control group.</summary>
    protected internal virtual void OnFoundRunning(IReadOnlyList<int> pids) { }

    /// <summary>There is no record of it, but init kept descriptors for it, which it has again; processes were found before.</summary>
    protected internal virtual void OnFoundKept() { }

    /// <summary>After a reload of all unit files.</summary>
    protected internal virtual void OnReloaded() { }

    /// <summary>The system's manager has moved so many processes into the unit's group (<see cref="Manager.AttachBySystem"/>).</summary>
    public virtual void OnAttached(int count) { }

    /// <summary>The wall clock jumped.</summary>
    protected internal virtual void OnClockChanged() { }

    protected internal virtual void OnTimezoneChanged() { }

    /// <summary>Processes to name for kill and status, besides the control group.</summary>
    protected internal virtual int MainPid => 0;

    protected internal virtual int ControlPid => 0;

    /// <summary>May the unit be forgotten although nothing refers to it, as far as its type knows?</summary>
    protected internal virtual bool MayCollect => true;
}
