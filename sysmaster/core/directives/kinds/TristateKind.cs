using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>yes, no, or left to somebody else.</summary>
public sealed class TristateKind() : ScalarKind<bool?>("b", "Failed to parse boolean value, ignoring: ", emptyResets: true)
{
    public override void Print(bool? value, ref ByteBuilder to)
    {
        if (value is { } set)
            to.Append(set ? "yes"u8 : "no"u8);
    }

    public override void Write(bool? value, MessageWriter to) => to.WriteBoolean(value ?? false);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out bool? result)
    {
        bool ok = BooleanText.TryParse(value, out bool set);
        result = set;
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out bool? result)
    {
        result = from.ReadBoolean();
        return true;
    }
}
