using System.Buffers;

namespace SysMaster.Linux;

/// <summary>
/// Buffers for a moment. Small ones come from the shared pool; a large one is left to the collector, since a pool keeps what it was once
/// given: after one long message or reload a manager would hold many megabytes for good.
/// </summary>
public static class BytePool
{
    private const int Kept = 64 << 10;

    /// <returns>At least that long; its content is anything.</returns>
    public static byte[] Rent(int length) => length <= Kept ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);

    public static void Return(byte[] buffer)
    {
        if (buffer.Length <= Kept) { ArrayPool<byte>.Shared.Return(buffer); }
    }
}
