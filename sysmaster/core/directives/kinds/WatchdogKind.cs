using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A hardware watchdog's time: a span, "off" (0), or "default" (whatever the device has: infinity).</summary>
public sealed class WatchdogKind() : ScalarKind<Usec>("t", "Failed to parse watchdog timeout, ignoring: ")
{
    public override void Print(Usec value, ref ByteBuilder to)
    {
        if (value.IsInfinity)
            to.Append("default"u8);
        else
            TimeSpanText.Append(value, ref to);
    }

    public override void Write(Usec value, MessageWriter to) => to.WriteUInt64(value.Value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out Usec result)
    {
        result = value.SequenceEqual("default"u8) ? Usec.Infinity : Usec.Zero;
        return result.IsInfinity || value.SequenceEqual("off"u8) || TimeSpanText.TryParse(value, out result);
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out Usec result)
    {
        result = new Usec(from.ReadUInt64());
        return true;
    }
}
