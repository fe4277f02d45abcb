using System.Buffers.Binary;
using System.Numerics;

namespace SysMaster.Core;

/// <summary>SipHash-2-4 with the key that systemd uses for DynamicUser=: the same name wants the same number under both managers.</summary>
internal static class SipHash
{
    private const ulong Key0 = 0xf548cecf317e5337, Key1 = 0x59ecd98d5739bb8a;

    public static ulong Of(ReadOnlySpan<byte> text)
    {
        ulong a = Key0 ^ 0x736f6d6570736575, b = Key1 ^ 0x646f72616e646f6d, c = Key0 ^ 0x6c7967656e657261, d = Key1 ^ 0x7465646279746573;
        ulong last = (ulong)text.Length << 56;
        while (text.Length >= 8)
        {
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(text), ref a, ref b, ref c, ref d);
            text = text[8..];
        }
        for (int i = 0; i < text.Length; i++) { last |= (ulong)text[i] << (8 * i); }
        Absorb(last, ref a, ref b, ref c, ref d);
        c ^= 0xff;
        for (int i = 0; i < 4; i++) { Round(ref a, ref b, ref c, ref d); }
        return a ^ b ^ c ^ d;
    }

    private static void Absorb(ulong word, ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        d ^= word;
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        a ^= word;
    }

    private static void Round(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a += b;
        b = BitOperations.RotateLeft(b, 13) ^ a;
        a = BitOperations.RotateLeft(a, 32);
        c += d;
        d = BitOperations.RotateLeft(d, 16) ^ c;
        a += d;
        d = BitOperations.RotateLeft(d, 21) ^ a;
        c += b;
        b = BitOperations.RotateLeft(b, 17) ^ c;
        c = BitOperations.RotateLeft(c, 32);
    }
}
