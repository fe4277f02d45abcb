using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Timer;

/// <summary>Reading and printing On…= lines, in files and as properties.</summary>
internal static class TimerText
{
    private static readonly string[] s_names = ["OnActive", "OnBoot", "OnStartup", "OnUnitActive", "OnUnitInactive", "OnCalendar"];

    /// <summary>The directive that a line is written with.</summary>
    public static string Directive(TimerBase timer) => timer == TimerBase.OnCalendar ? "OnCalendar" : s_names[(int)timer] + "Sec";

    /// <summary>What the property calls it.</summary>
    public static string Property(TimerBase timer) => timer == TimerBase.OnCalendar ? "OnCalendar" : s_names[(int)timer] + "USec";

    public static bool TryDirective(scoped ReadOnlySpan<byte> name, out TimerBase timer)
    {
        for (timer = TimerBase.OnActive; timer <= TimerBase.OnCalendar; timer++)
        {
            if (System.Text.Ascii.Equals(name, Directive(timer)))
                return true;
        }
        return false;
    }

    public static bool TryParse(TimerBase timer, scoped ReadOnlySpan<byte> text, ParseContext ctx, out TimerSpec item)
    {
        Usec span = Usec.Zero;
        CalendarSpec? calendar = null;
        bool ok = timer == TimerBase.OnCalendar ? CalendarSpec.TryParse(text, out calendar) : TimeSpanText.TryParse(text, out span);
        item = new(timer, span, calendar);
        if (!ok)
            ctx.Warn(timer == TimerBase.OnCalendar ? "Failed to parse calendar specification, ignoring: " : "Failed to parse timer value, ignoring: ", text);
        return ok;
    }

    public static void Print(TimerSpec item, ref ByteBuilder to)
    {
        if (item.Calendar is { } calendar)
            calendar.AppendTo(ref to);
        else
            TimeSpanText.Append(item.Span, ref to);
    }
}
