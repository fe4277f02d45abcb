using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Timer;

/// <summary>When it elapses next.</summary>
public sealed partial class TimerUnit
{
    /// <param name="timeChange">The clock jumped: what lies in the past now has not thereby elapsed.</param>
    private void EnterWaiting(bool timeChange)
    {
        if (Triggered is not { } triggered)
        {
            Log.Error(this, $"Unit to trigger vanished.");
            EnterDead(TimerResult.Resources);
            return;
        }
        Usec now = Clock.Monotonic(), wall = Clock.Realtime(), clock = Wakes ? Clock.Boottime() : now;
        Usec span = Usec.Infinity, calendar = Usec.Infinity;
        bool leaveAround = false;
        foreach (TimerValue value in _values)
        {
            if (value.IsDisabled) { continue; }
            if (value.Spec.Calendar is not null)
            {
                value.Next = NextOfCalendar(value.Spec, wall, now);
                calendar = Earlier(calendar, value.Next);
                continue;
            }
            leaveAround |= value.Spec.Base is TimerBase.OnUnitActive or TimerBase.OnUnitInactive;
            if (BaseOf(value.Spec.Base, triggered, now) is not { } from) { continue; }
            // With WakeSystem= the spans are on the clock that goes on in sleep.
            value.Next = Shift(from, now, clock) + value.Spec.Span;
            bool isOnce = value.Spec.Base is TimerBase.OnActive or TimerBase.OnBoot or TimerBase.OnStartup;
            if (isOnce && LastTrigger != default && !timeChange && value.Next < clock)
            {
                value.IsDisabled = true;
                continue;
            }
            span = Earlier(span, value.Next);
        }
        if (span.IsInfinity && calendar.IsInfinity && !Get(TimerDirectives.OnClockChange) && !Get(TimerDirectives.OnTimezoneChange))
        {
            Log.Debug(this, $"Timer is elapsed.");
            EnterElapsed(leaveAround);
            return;
        }
        NextElapseMonotonic = span + RandomDelay(span);
        NextElapseRealtime = calendar + RandomDelay(calendar);
        Arm();
        Enter(TimerState.Waiting);
    }

    private void Arm()
    {
        Usec accuracy = Get(TimerDirectives.AccuracySec);
        ulong offset = WakeUp.Hash(Manager.Facts.MachineId.Length > 0 ? Manager.Facts.MachineId : Manager.Facts.BootId) % Usec.PerMinute;
        (_monotonic ??= new Deadline((Wakes ? Manager.BoottimeAlarm : null) ?? Manager.Monotonic, this)).ArmWithin(NextElapseMonotonic, WakeUp.Pick(NextElapseMonotonic, accuracy, offset));
        (_realtime ??= new Deadline((Wakes ? Manager.RealtimeAlarm : null) ?? Manager.Realtime, this)).ArmWithin(NextElapseRealtime, WakeUp.Pick(NextElapseRealtime, accuracy, offset));
    }

    /// <summary>The first point after the last trigger, else after the start of the timer; one missed before boot counts as due at boot.</summary>
    private Usec NextOfCalendar(TimerSpec spec, Usec wall, Usec now)
    {
        Usec after = LastTrigger.Realtime != Usec.Zero ? LastTrigger.Realtime
            : ActiveState == UnitActiveState.Active && Timestamps.InactiveExit.Realtime != Usec.Zero ? Timestamps.InactiveExit.Realtime : wall;
        if (!spec.Calendar!.TryNext(after, out Usec next)) { return Usec.Infinity; }
        Usec boot = Manager.Startup[StartupClock.Userspace].Monotonic;
        Usec bootOnWall = wall - (now - boot);
        return next < bootOnWall ? bootOnWall : next;
    }

    /// <returns>What the span counts from, monotonic; null: it has not happened yet.</returns>
    private Usec? BaseOf(TimerBase from, Unit triggered, Usec now)
    {
        UnitTimestamps of = triggered.Timestamps;
        switch (from)
        {
            case TimerBase.OnActive:
                return ActiveState == UnitActiveState.Active && Timestamps.InactiveExit.Monotonic != Usec.Zero ? Timestamps.InactiveExit.Monotonic : now;
            case TimerBase.OnBoot:
                // A container's own boot is not the kernel's.
                return Manager.Facts.Virtualization.IsContainer ? Manager.Startup[StartupClock.Userspace].Monotonic : Usec.Zero;
            case TimerBase.OnStartup: return Manager.Startup[StartupClock.Userspace].Monotonic;
            default:
            {
                Usec happened = from == TimerBase.OnUnitActive ? of.InactiveExit.Monotonic : of.InactiveEnter.Monotonic;
                Usec last = LastTrigger.Monotonic > happened ? LastTrigger.Monotonic : happened;
                return last == Usec.Zero ? null : last;
            }
        }
    }

    /// <summary>RandomizedDelaySec=; with FixedRandomDelay= the same one each time on this machine.</summary>
    private Usec RandomDelay(Usec next)
    {
        ulong limit = Get(TimerDirectives.RandomizedDelaySec).Value;
        if (limit == 0 || next.IsInfinity) { return Usec.Zero; }
        ulong pick = Get(TimerDirectives.FixedRandomDelay)
            ? WakeUp.Hash(Manager.Facts.MachineId, Manager.Options.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture), Id.Text)
            : (ulong)Random.Shared.NextInt64();
        return new Usec(pick % limit);
    }

    private static Usec Shift(Usec at, Usec from, Usec to) => to >= from ? at + (to - from) : at - (from - to);

    private static Usec Earlier(Usec a, Usec b) => a < b ? a : b;
}
