using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>128 random bits that name one activation of a unit. systemd.exec(5), $INVOCATION_ID.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct InvocationId(ulong High, ulong Low)
{
    public bool IsNull => High == 0 && Low == 0;

    public static unsafe InvocationId New()
    {
        Span<byte> bytes = stackalloc byte[16];
        Sys.Random(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return FromBytes(bytes);
    }

    public static InvocationId FromBytes(ReadOnlySpan<byte> bytes) => new(
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes),
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    public void WriteTo(Span<byte> bytes)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
