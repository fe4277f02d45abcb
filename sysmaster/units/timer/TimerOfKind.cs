using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Timer;

/// <summary>One type of On…= line; it joins the list of all, and an empty line empties the whole list. As a property a single value: "t", or "s" for calendars.</summary>
internal sealed class TimerOfKind(TimerBase timer) : Kind<TimerSpec[]>(timer == TimerBase.OnCalendar ? "s" : "t", [])
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, TimerSpec[] current, ParseContext ctx, out TimerSpec[] result)
    {
        result = current;
        if (value.IsEmpty)
            return ParseOutcome.Reset;
        var text = new ByteBuilder(stackalloc byte[256]);
        TimerSpec item = null!;
        bool ok = ctx.Expand(value, ref text) && TimerText.TryParse(timer, text.Written, ctx, out item);
        text.Dispose();
        if (ok)
            result = [.. current, item];
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    public override void Print(TimerSpec[] value, ref ByteBuilder to)
    {
        if (value.Length > 0)
            TimerText.Print(value[^1], ref to);
    }

    public override void Write(TimerSpec[] value, MessageWriter to) => throw new InvalidOperationException("one type of timer line is set only");

    public override ParseOutcome Read(ref MessageReader from, TimerSpec[] current, ParseContext ctx, out TimerSpec[] result)
    {
        bool ok = true;
        TimerSpec item;
        if (timer == TimerBase.OnCalendar)
            ok = TimerText.TryParse(timer, from.ReadString(), ctx, out item) || ctx.Refuse("Invalid calendar spec");
        else
            item = new(timer, new Usec(from.ReadUInt64()), null);
        result = ok ? [.. current, item] : current;
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }
}
