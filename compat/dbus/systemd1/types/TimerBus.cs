using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Timer;

namespace SysMaster.DBus.Systemd1;

/// <summary>Timers on the bus.</summary>
internal static class TimerBus
{
    private static readonly string[] s_bases = ["OnActiveUSec", "OnBootUSec", "OnStartupUSec", "OnUnitActiveUSec", "OnUnitInactiveUSec", "OnCalendar"];

    public static readonly TypeBus Type = new()
    {
        Kind = UnitKind.Timer,
        Order = PropertyOrder.Timer,
        Getters =
        [
            new("Unit", "s", static (o, w) => w.WriteString(Of(o).Triggered?.Id.Text ?? "")),
            new("TimersMonotonic", "a(stt)", static (o, w) => WriteMonotonic(Of(o), w)),
            new("TimersCalendar", "a(sst)", static (o, w) => WriteCalendar(Of(o), w)),
            new("NextElapseUSecRealtime", "t", static (o, w) => w.WriteUInt64(IsIdle(Of(o)) ? Of(o).NextElapseRealtime.Value : Finite(Of(o).NextElapseRealtime))),
            new("NextElapseUSecMonotonic", "t", static (o, w) => w.WriteUInt64(IsIdle(Of(o)) || HasSpan(Of(o)) ? Of(o).NextElapseMonotonic.Value : 0)),
            new("LastTriggerUSec", "t", static (o, w) => w.WriteUInt64(Of(o).LastTrigger.Realtime.Value)),
            new("LastTriggerUSecMonotonic", "t", static (o, w) => w.WriteUInt64(Of(o).LastTrigger.Monotonic.Value)),
            new("Result", "s", static (o, w) => w.WriteString(Of(o).Result.Text())),
        ],
    };

    private static TimerUnit Of(UnitObject o) => (TimerUnit)o.Unit;

    /// <summary>It waits for nothing: both times are infinite.</summary>
    private static bool IsIdle(TimerUnit timer) => timer.State is TimerState.Dead or TimerState.Elapsed;

    private static ulong Finite(Usec at) => at.IsInfinity ? 0 : at.Value;

    /// <summary>Without a monotonic line there is no monotonic elapse, rather than an infinite one.</summary>
    private static bool HasSpan(TimerUnit timer)
    {
        foreach (TimerValue value in timer.Values)
        {
            if (value.Spec.Calendar is null) { return true; }
        }
        return false;
    }

    // The last line first, as clients of systemd see it.
    private static void WriteMonotonic(TimerUnit timer, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(8);
        for (int i = timer.Values.Count - 1; i >= 0; i--)
        {
            if (timer.Values[i] is not { Spec.Calendar: null } value) { continue; }
            w.BeginStruct();
            w.WriteString(s_bases[(int)value.Spec.Base]);
            w.WriteUInt64(value.Spec.Span.Value);
            w.WriteUInt64(value.Next.Value);
        }
        w.EndArray(array);
    }

    private static void WriteCalendar(TimerUnit timer, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(8);
        for (int i = timer.Values.Count - 1; i >= 0; i--)
        {
            if (timer.Values[i] is not { Spec.Calendar: { } calendar } value) { continue; }
            w.BeginStruct();
            w.WriteString(s_bases[(int)value.Spec.Base]);
            w.WriteString(calendar.ToString());
            w.WriteUInt64(Finite(value.Next));
        }
        w.EndArray(array);
    }
}
