using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>yes and no, in all their spellings.</summary>
public sealed class BoolKind(string complaint = "Failed to parse boolean value, ignoring: ", bool emptyResets = false) : ScalarKind<bool>("b", complaint, emptyResets)
{
    public override void Print(bool value, ref ByteBuilder to) => to.Append(value ? "yes"u8 : "no"u8);

    public override void Write(bool value, MessageWriter to) => to.WriteBoolean(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out bool result) => BooleanText.TryParse(value, out result);

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out bool result)
    {
        result = from.ReadBoolean();
        return true;
    }
}
