using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Timer;

/// <summary>
/// The On…= lines of a timer as one of its two properties. When each elapses next only the unit knows: its bus code calls
/// <see cref="WriteOne"/>; the row alone writes zero.
/// </summary>
/// <param name="calendar">TimersCalendar rather than TimersMonotonic.</param>
internal sealed class TimerListKind(bool calendar) : Kind<TimerSpec[]>(calendar ? "a(sst)" : "a(stt)", [])
{
    public override string TransientSignature => calendar ? "a(ss)" : "a(st)";

    public static void WriteOne(TimerSpec item, Usec next, MessageWriter to)
    {
        to.BeginStruct();
        to.WriteString(TimerText.Property(item.Base));
        if (item.Calendar is { } spec)
            to.WriteString(spec.ToString());
        else
            to.WriteUInt64(item.Span.Value);
        to.WriteUInt64(next.Value);
    }

    public override ParseOutcome Parse(ReadOnlySpan<byte> value, TimerSpec[] current, ParseContext ctx, out TimerSpec[] result)
    {
        result = current;
        return ParseOutcome.Refused;
    }

    public override void Print(TimerSpec[] value, ref ByteBuilder to)
    {
    }

    public override void PrintLines(string name, TimerSpec[] value, ref ByteBuilder to)
    {
        foreach (TimerSpec item in value)
        {
            to.AppendAscii(TimerText.Directive(item.Base));
            to.Append((byte)'=');
            TimerText.Print(item, ref to);
            to.Append((byte)'\n');
        }
        if (value.Length == 0)
            to.Append("OnCalendar=\n"u8);
    }

    public override void PrintSet(string name, TimerSpec[] sent, TimerSpec[] held, ref ByteBuilder to) => PrintLines(name, sent, ref to);

    public override void Write(TimerSpec[] value, MessageWriter to)
    {
        ArrayMark array = to.BeginArray(8);
        foreach (TimerSpec item in value)
        {
            if (calendar == item.Calendar is not null)
                WriteOne(item, Usec.Zero, to);
        }
        to.EndArray(array);
    }

    /// <summary>As clients send it, without the next elapse: <c>a(st)</c> or <c>a(ss)</c>.</summary>
    public override ParseOutcome Read(ref MessageReader from, TimerSpec[] current, ParseContext ctx, out TimerSpec[] result)
    {
        var items = new List<TimerSpec>(current);
        bool ok = true, any = false;
        ArrayToken array = from.BeginArray(8);
        while (ok && from.HasNext(array))
        {
            from.BeginStruct();
            any = true;
            ReadOnlySpan<byte> name = from.ReadString();
            ok = TimerText.TryDirective(name, out TimerBase timer) && calendar == (timer == TimerBase.OnCalendar);
            if (!ok)
                ctx.Warn("Invalid timer base: ", name);
            TimerSpec item;
            if (!calendar)
                item = new(timer, new Usec(from.ReadUInt64()), null);
            else if (CalendarSpec.TryParse(from.ReadString(), out CalendarSpec? spec))
                item = new(timer, Usec.Zero, spec);
            else
            {
                if (ok)
                    ctx.Report(Severity.Warning, "Invalid calendar spec");
                (ok, item) = (false, default!);
            }
            items.Add(item);
        }
        from.EndArray(array);
        result = any ? [.. items] : [];
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    public override bool Same(TimerSpec[] a, TimerSpec[] b) => a.AsSpan().SequenceEqual(b);
}
