using System.Numerics;

namespace SysMaster.Savepoint;

/// <summary>
/// CRC-32C of eight bytes at a time, from eight tables ("slicing by 8"): programs are compiled for any x86-64, where the processor's own
/// instruction is out of reach and the library's way takes a byte at a time.
/// </summary>
internal static class Crc32C
{
    private static readonly uint[] s_tables = Tables();

    public static uint Add(uint crc, ulong bytes)
    {
        uint[] t = s_tables;
        uint low = (uint)bytes ^ crc, high = (uint)(bytes >> 32);
        return t[0x700 + (int)(low & 0xff)] ^ t[0x600 + (int)(low >> 8 & 0xff)] ^ t[0x500 + (int)(low >> 16 & 0xff)] ^ t[0x400 + (int)(low >> 24)]
            ^ t[0x300 + (int)(high & 0xff)] ^ t[0x200 + (int)(high >> 8 & 0xff)] ^ t[0x100 + (int)(high >> 16 & 0xff)] ^ t[(int)(high >> 24)];
    }

    /// <summary>Which single bit, turned over, makes up for a difference between two checksums: its place counted from the message's last bit.</summary>
    /// <param name="difference">Of the checksum that stands there and the one of what is there.</param>
    /// <param name="bits">Of the message, how many can have been hit.</param>
    /// <returns>-1: none.</returns>
    public static int BitFromEnd(uint difference, int bits)
    {
        const uint polynomial = 0x82f6_3b78;   // reflected
        uint d = 1;
        for (int i = 0; i < bits; i++)
        {
            d = (d >> 1) ^ (polynomial & (0u - (d & 1)));
            if (d == difference) { return i; }
        }
        return -1;
    }

    private static uint[] Tables()
    {
        uint[] t = new uint[8 * 256];
        for (int i = 0; i < 256; i++) { t[i] = BitOperations.Crc32C(0, (byte)i); }
        for (int i = 256; i < t.Length; i++) { t[i] = (t[i - 256] >> 8) ^ t[(int)(t[i - 256] & 0xff)]; }
        return t;
    }
}
