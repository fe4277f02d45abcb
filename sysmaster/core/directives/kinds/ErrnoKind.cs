using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>An error number by name or number, or "kill".</summary>
public sealed class ErrnoKind() : ScalarKind<int>("i", "Failed to parse error number, ignoring: ", emptyResets: true)
{
    public override void Print(int value, ref ByteBuilder to) => ErrnoText.Print(value, ref to);

    public override void PrintSet(string name, int sent, int held, ref ByteBuilder to)
    {
        to.AppendAscii(name);
        to.Append((byte)'=');
        if (held == FilterRule.Kill)
            ErrnoText.Print(held, ref to);
        else
            to.AppendDecimal((long)held);
        to.Append((byte)'\n');
    }

    public override void Write(int value, MessageWriter to) => to.WriteInt32(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out int result) => ErrnoText.TryParse(value, out result) && result > 0;

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out int result)
        => (result = from.ReadInt32()) is FilterRule.Kill or (> 0 and < 4096);
}
