using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>An octal file mode.</summary>
public sealed class ModeKind() : ScalarKind<uint>("u", "Failed to parse mode value, ignoring: ")
{
    public override void Print(uint value, ref ByteBuilder to) => TextOut.Octal(value, ref to);

    public override void Write(uint value, MessageWriter to) => to.WriteUInt32(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out uint result)
    {
        result = 0;
        foreach (byte c in value)
        {
            if (c is < (byte)'0' or > (byte)'7' || (result = (result << 3) | (uint)(c - '0')) > 0xFFF)
                return false;
        }
        return !value.IsEmpty;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out uint result) => (result = from.ReadUInt32()) <= 0xFFF;
}
