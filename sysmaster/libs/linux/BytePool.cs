using System.Buffers;

namespace SysMaster.Linux;

/// <summary>
/// Buffers for a moment. Small ones come from the shared pool. Of the large ones each thread keeps two (a message, and its copy on the way out),
/// so that who is asked for the same long list again and again neither faults a megabyte in nor collects it each time; <see cref="Trim"/> gives
/// them to the collector when the work is done, since a pool holds for good what it was once given.
/// </summary>
public static class BytePool
{
    private const int Small = 64 << 10;
    private const int LargeMax = 8 << 20;

    [ThreadStatic]
    private static byte[]? t_large;

    [ThreadStatic]
    private static byte[]? t_larger;

    /// <returns>At least that long; its content is anything.</returns>
    public static byte[] Rent(int length)
    {
        if (length <= Small) { return ArrayPool<byte>.Shared.Rent(length); }
        ref byte[]? kept = ref t_large;
        if (kept is null || kept.Length < length) { kept = ref t_larger; }
        if (kept is null || kept.Length < length) { return GC.AllocateUninitializedArray<byte>(length); }
        byte[] rented = kept;
        kept = null;
        return rented;
    }

    public static void Return(byte[] buffer)
    {
        if (buffer.Length <= Small) { ArrayPool<byte>.Shared.Return(buffer); }
        else if (buffer.Length <= LargeMax) { Keep(buffer); }
    }

    /// <summary>What is kept is left to the collector.</summary>
    public static void Trim() => t_large = t_larger = null;

    // The smaller of the two makes room.
    private static void Keep(byte[] buffer)
    {
        if (t_larger is null || buffer.Length >= t_larger.Length)
        {
            if (t_large is null || (t_larger is not null && t_larger.Length > t_large.Length)) { t_large = t_larger; }
            t_larger = buffer;
        }
        else if (t_large is null || buffer.Length > t_large.Length) { t_large = buffer; }
    }
}
