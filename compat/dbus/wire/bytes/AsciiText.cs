using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SysMaster.DBus.Wire;

/// <summary>Nearly all text of a manager is ASCII: it becomes bytes in one pass, without asking how long it may get.</summary>
internal static class AsciiText
{
    /// <param name="to">As long as <paramref name="text"/>; what is in it after a refusal is nothing.</param>
    /// <returns>False when there is a NUL, or anything beyond ASCII.</returns>
    public static bool TryNarrow(ReadOnlySpan<char> text, Span<byte> to)
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte target = ref MemoryMarshal.GetReference(to);
        int step = Vector128<ushort>.Count;
        int length = text.Length;
        if (length < step)
        {
            for (int i = 0; i < length; i++)
            {
                uint c = text[i];
                if (c - 1 >= 0x7F) { return false; }
                to[i] = (byte)c;
            }
            return true;
        }
        Vector128<ushort> bad = Vector128<ushort>.Zero;
        for (int i = 0; ; i += step)
        {
            if (i > length - step) { i = length - step; }   // the last piece overlaps the one before
            Vector128<ushort> chars = Vector128.LoadUnsafe(ref from, (nuint)i);
            bad |= Vector128.GreaterThan(chars - Vector128<ushort>.One, Vector128.Create((ushort)0x7E));
            Vector128.Narrow(chars, chars).GetLower().StoreUnsafe(ref target, (nuint)i);
            if (i == length - step) { return bad == Vector128<ushort>.Zero; }
        }
    }
}
