using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Timer;

/// <summary>One On…= line of a timer.</summary>
/// <param name="Base">What it counts from.</param>
/// <param name="Span">How long after it; zero for calendars.</param>
/// <param name="Calendar">For <see cref="TimerBase.OnCalendar"/>, else null.</param>
public sealed record TimerSpec(TimerBase Base, Usec Span, CalendarSpec? Calendar);
