using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>An unsigned number of 32 bits.</summary>
/// <param name="complaint">As <see cref="ScalarKind{T}"/>.</param>
/// <param name="emptyResets">As <see cref="ScalarKind{T}"/>.</param>
/// <param name="busSignature">"u", or "q" for terminal sizes.</param>
public sealed class UIntKind(string complaint = "Failed to parse unsigned value, ignoring: ", bool emptyResets = false, string busSignature = "u")
    : ScalarKind<uint>(busSignature, complaint, emptyResets)
{
    /// <summary>Also of those that are shown in 16 bits.</summary>
    public override string TransientSignature => "u";

    public override void Print(uint value, ref ByteBuilder to) => to.AppendDecimal((ulong)value);

    public override void Write(uint value, MessageWriter to)
    {
        if (BusSignature == "q")
            to.WriteUInt16((ushort)value);
        else
            to.WriteUInt32(value);
    }

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out uint result)
    {
        bool ok = Numbers.TryUnsigned(value, out ulong wide) == NumberResult.Done && wide <= uint.MaxValue;
        result = (uint)wide;
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out uint result)
    {
        result = from.ReadUInt32();
        return BusSignature != "q" || result <= ushort.MaxValue;
    }
}
