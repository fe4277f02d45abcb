using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A signal by name or number.</summary>
public sealed class SignalKind() : ScalarKind<int>("i", "Failed to parse signal name, ignoring: ")
{
    public override void Print(int value, ref ByteBuilder to) => to.AppendAscii(SignalText.FullName(value));

    public override void PrintSet(string name, int sent, int held, ref ByteBuilder to)
    {
        to.AppendAscii(name);
        to.Append((byte)'=');
        to.AppendAscii(SignalText.FullName(held).Replace("SIG", "", StringComparison.Ordinal));
        to.Append((byte)'\n');
    }

    public override void Write(int value, MessageWriter to) => to.WriteInt32(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out int result) => SignalText.TryParse(value, out result);

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out int result) => (result = from.ReadInt32()) is > 0 and <= 64;
}
