using System.Buffers.Text;
using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>
/// Gives the mappings of program text and constants back to the page cache: the waiting zygote needs a few pages of them only, and a fork never
/// takes over the page tables of unwritten file pages anyway. docs/decisions/0003-executor.md has the figures.
/// </summary>
internal static unsafe class TextPages
{
    private const int MADV_DONTNEED = 4;
    private const int Most = 64;
    private const int BufferSize = 1 << 18;

    /// <summary>
    /// Only read-only mappings of files in which no page was ever written ("Anonymous: 0"): relocated data would be lost. The calls come last,
    /// after all reading, since whatever runs between them would bring its pages back.
    /// </summary>
    public static void Drop()
    {
        // Outside the heap, whose pages would stay with us.
        var buffer = (byte*)NativeMemory.Alloc(BufferSize);
        int size = ReadMaps(buffer);
        nint* from = stackalloc nint[Most];
        nint* length = stackalloc nint[Most];
        int count = 0;
        nint start = 0;
        nint end = 0;
        var text = new ReadOnlySpan<byte>(buffer, size);
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            if (line.IsEmpty) { continue; }
            if (line[0] is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f') { Mapping(line, out start, out end); }
            else if (start != 0 && count < Most && line.StartsWith("Anonymous:"u8) && line.EndsWith(" 0 kB"u8))
            {
                from[count] = start;
                length[count++] = end - start;
            }
        }
        NativeMemory.Free(buffer);
        nint madvise = LibC.IsArm64 ? 233 : 28;
        for (int i = 0; i < count; i++) { _ = LibC.syscall(madvise, from[i], length[i], MADV_DONTNEED); }
    }

    private static int ReadMaps(byte* buffer)
    {
        Result<OwnedFd> open = Sys.Open(new ByteText("/proc/self/smaps"u8), LibC.O_RDONLY);
        if (open.Failed) { return 0; }
        int size = 0;
        nint n;
        while (size < BufferSize && (n = LibC.read(open.Value.Value, buffer + size, (nuint)(BufferSize - size))) > 0) { size += (int)n; }
        open.Value.Dispose();
        return size;
    }

    /// <summary>"from-to perms offset device inode path"; zero for one that is not a read-only file mapping.</summary>
    private static void Mapping(ReadOnlySpan<byte> line, out nint start, out nint end)
    {
        start = end = 0;
        bool readOnly = line.IndexOf(" r-xp "u8) > 0 || line.IndexOf(" r--p "u8) > 0;
        int dash = line.IndexOf((byte)'-');
        if (!readOnly || !line.Contains((byte)'/')) { return; }
        if (Utf8Parser.TryParse(line[..dash], out long from, out _, 'x') && Utf8Parser.TryParse(line[(dash + 1)..], out long to, out _, 'x'))
        {
            start = (nint)from;
            end = (nint)to;
        }
    }
}
