using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>yes and no, in all their spellings.</summary>
/// <param name="fatal">A bad value makes the unit unloadable.</param>
/// <param name="emptyResets">As <see cref="ScalarKind{T}"/>.</param>
public sealed class BoolKind(bool fatal = false, bool emptyResets = false) : ScalarKind<bool>("b", fatal ? "" : "Failed to parse boolean value, ignoring: ", emptyResets)
{
    public override void Print(bool value, ref ByteBuilder to) => to.Append(value ? "yes"u8 : "no"u8);

    public override void Write(bool value, MessageWriter to) => to.WriteBoolean(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out bool result)
    {
        bool ok = BooleanText.TryParse(value, out result);
        if (!ok && fatal)
            ctx.Fail("Failed to parse boolean value: ", value);
        return ok;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out bool result)
    {
        result = from.ReadBoolean();
        return true;
    }
}
