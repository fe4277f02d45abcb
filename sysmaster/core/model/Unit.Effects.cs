using System.Numerics;

namespace SysMaster.Core;

/// <summary>
/// Persistence and effects. A change of state stages the unit's record and queues what must be done in the kernel; at the end of the
/// loop's turn the batch of records is committed first, then the effects run. So after a crash either nothing was decided, or the
/// decision is known and its effects can be checked or done again.
/// </summary>
public abstract partial class Unit
{
    private uint _effects;
    private uint _inFlight;

    /// <summary>Effects still owed, one bit each, of the type's own enumeration; part of the record.</summary>
    public uint PendingEffects => _effects;

    /// <summary>Queue an effect; the lowest bit runs first.</summary>
    protected void QueueEffect(uint bit)
    {
        _effects |= bit;
        MarkDirty();
        Manager.QueueEffects(this);
    }

    protected void DropEffects(uint bits) => _effects &= ~bits;

    /// <summary>Those queued so far; what they queue in turn waits for the next commit.</summary>
    internal void RunEffects()
    {
        uint due = _effects;
        _effects = 0;
        MarkDirty();
        for (; due != 0; due &= due - 1)
        {
            uint bit = 1u << BitOperations.TrailingZeroCount(due);
            RunEffect(bit);
            if (Manager.IsSpawning(this)) { _inFlight = bit; }
        }
    }

    /// <summary>
    /// The effect whose process is not known to have executed, for the next manager: without a PID in the record it is done again, with one only
    /// if that process says that it never ran. 0: none.
    /// </summary>
    internal uint EffectInFlight => Manager.IsSpawning(this) || IsInDoubt ? _inFlight : 0;

    /// <summary>Read back: the PID in the record may be of a process that never got its go.</summary>
    internal bool IsInDoubt { get; set; }

    /// <summary>Read back: asked for, and no PID came.</summary>
    internal void AskAgain(uint effect)
    {
        _inFlight = effect;
        _effects |= effect;
    }

    internal void Doubt(uint effect)
    {
        _inFlight = effect;
        IsInDoubt = true;
    }

    /// <summary>The process that was recorded never got its go: what it was for is done again.</summary>
    protected internal virtual void OnNeverRan(ProcessSlot slot)
    {
        IsInDoubt = false;
        QueueEffect(_inFlight);
    }

    /// <summary>Do what was decided. It may change the state again, which queues further effects for after the next commit.</summary>
    protected virtual void RunEffect(uint bit) { }

    /// <summary>The record of this unit is no longer true.</summary>
    protected internal void MarkDirty() => Manager.QueueDirty(this);

    /// <summary>Something the bus shows has changed.</summary>
    protected internal void MarkChanged() => Manager.QueueChanged(this);
}
