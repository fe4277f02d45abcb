using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Spawn;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// Processes that have a PID and are not known to have executed, and nobody is left to say so: their socket ended with the manager, or the executor, that
/// had asked for them. One that never got its go ends by itself, with a status that says so. One that did executes when its set-up is done, and the kernel
/// alone knows when: its image is looked at until it is no longer the executor's.
/// </summary>
internal sealed class DoubtedProcesses(Manager manager) : IDeadlineObserver
{
    private static readonly Usec s_soon = Usec.FromMsec(10), s_late = Usec.FromMsec(1000);

    private readonly Dictionary<int, ProcessSlot> _slots = [];
    private Deadline? _look;
    private Usec _interval = s_soon;

    public int Count => _slots.Count;

    public IEnumerable<ProcessSlot> Slots => _slots.Values;

    public void Add(ProcessSlot slot)
    {
        _slots[slot.Pid] = slot;
        _interval = s_soon;
        (_look ??= new Deadline(manager.Monotonic, this)).ArmIn(_interval);
    }

    public bool Remove(int pid, out ProcessSlot? slot) => _slots.Remove(pid, out slot);

    void IDeadlineObserver.OnElapsed(Deadline timer)
    {
        foreach ((int pid, ProcessSlot slot) in _slots.ToArray())
        {
            if (!HasExecuted(pid)) { continue; }
            _slots.Remove(pid);
            if (slot.Pid != pid) { continue; }
            slot.Unit.MarkDirty();
            slot.Unit.OnProcessExecuted(slot);
        }
        if (_slots.Count == 0) { return; }
        _interval = _interval + _interval > s_late ? s_late : _interval + _interval;
        timer.ArmIn(_interval);
    }

    /// <summary>/proc/PID/exe, proc(5); a zombie has none. Its executor may have been replaced or moved since.</summary>
    private static bool HasExecuted(int pid)
    {
        Result<ByteText> image = Sys.ReadLink(new ByteText($"/proc/{pid}/exe"));
        return !image.Failed && image.Value.Span.IndexOf("/sysmaster-executor"u8) < 0;
    }
}
