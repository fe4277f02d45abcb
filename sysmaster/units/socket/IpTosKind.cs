using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>IPTOS=: a type of service by name or number.</summary>
internal sealed class IpTosKind() : ScalarKind<int>("i", "Failed to parse IP TOS value, ignoring: ", emptyResets: true)
{
    public override void Print(int value, ref ByteBuilder to)
    {
        ReadOnlySpan<byte> word = value switch { 0x10 => "low-delay"u8, 0x08 => "throughput"u8, 0x04 => "reliability"u8, 0x02 => "low-cost"u8, _ => default };
        if (word.IsEmpty && value >= 0)
            to.AppendDecimal((ulong)value);
        else
            to.Append(word);
    }

    public override void Write(int value, MessageWriter to) => to.WriteInt32(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out int result)
    {
        result = value.SequenceEqual("low-delay"u8) ? 0x10 : value.SequenceEqual("throughput"u8) ? 0x08 : value.SequenceEqual("reliability"u8) ? 0x04
            : value.SequenceEqual("low-cost"u8) ? 0x02 : -1;
        return result >= 0 || NumberText.TryParse(value, out result) && result is >= 0 and <= 255;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out int result) => (result = from.ReadInt32()) is >= -1 and <= 255;
}
