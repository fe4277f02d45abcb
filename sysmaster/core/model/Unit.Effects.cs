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
    private Dictionary<int, uint>? _readDoubts;

    /// <summary>Effects still owed, one bit each, of the type's own enumeration (but <see cref="CleanEffect"/>); part of the record.</summary>
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
            CurrentEffect = bit;
            if (bit == CleanEffect) { RunCleaning(); }
            else { RunEffect(bit); }
        }
        CurrentEffect = 0;
    }

    /// <summary>The one that runs right now: what is spawned meanwhile is for it.</summary>
    internal uint CurrentEffect { get; private set; }

    /// <summary>What is to be done again, should the process that was asked for never come to execute.</summary>
    protected internal virtual uint EffectToRepeat(ProcessSlot slot) => slot.Effect;

    /// <summary>Read back: asked for, and no PID came.</summary>
    internal void AskAgain(uint effect) => _effects |= effect;

    /// <summary>Read back: the process has this PID, and may never have got its go.</summary>
    internal void Doubt(int pid, uint effect) => (_readDoubts ??= [])[pid] = effect;

    internal bool TakeDoubt(int pid, out uint effect)
    {
        effect = 0;
        return _readDoubts is { } doubts && doubts.Remove(pid, out effect);
    }

    /// <summary>The process that was recorded never got its go: what it was for is done again.</summary>
    internal virtual void OnNeverRan(ProcessSlot slot) => QueueEffect(EffectToRepeat(slot));

    /// <summary>Do what was decided. It may change the state again, which queues further effects for after the next commit.</summary>
    protected virtual void RunEffect(uint bit) { }

    /// <summary>The record of this unit is no longer true.</summary>
    protected internal void MarkDirty() => Manager.QueueDirty(this);

    /// <summary>Something the bus shows has changed.</summary>
    protected internal void MarkChanged() => Manager.QueueChanged(this);
}
