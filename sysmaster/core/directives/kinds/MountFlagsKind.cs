using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>MountFlags=: how mounts propagate, as the kernel's flag.</summary>
public sealed class MountFlagsKind() : ScalarKind<ulong>("t", "Failed to parse mount flag, ignoring: ", emptyResets: true)
{
    private const ulong MS_PRIVATE = 1 << 18, MS_SLAVE = 1 << 19, MS_SHARED = 1 << 20;

    public override void Print(ulong value, ref ByteBuilder to)
        => to.Append(value switch { MS_SHARED => "shared"u8, MS_SLAVE => "slave"u8, MS_PRIVATE => "private"u8, _ => default });

    public override void Write(ulong value, MessageWriter to) => to.WriteUInt64(value);

    protected override bool TryParse(ReadOnlySpan<byte> value, ParseContext ctx, out ulong result)
    {
        result = value.SequenceEqual("shared"u8) ? MS_SHARED : value.SequenceEqual("slave"u8) ? MS_SLAVE : value.SequenceEqual("private"u8) ? MS_PRIVATE : 0;
        return result != 0;
    }

    protected override bool TryRead(ref MessageReader from, ParseContext ctx, out ulong result)
        => (result = from.ReadUInt64()) is 0 or MS_SHARED or MS_SLAVE or MS_PRIVATE || ctx.Refuse($"Invalid {ctx.Property} setting: {result}");
}
