using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>
/// Gives the mappings of program text back to the page cache: the waiting zygote needs a few pages of it only, and a fork never takes over the page
/// tables of unwritten file pages anyway. Measured: 1.5 MB less proportional memory.
/// </summary>
internal static unsafe class TextPages
{
    private const int MADV_DONTNEED = 4;

    /// <summary>Only "r-xp" mappings of files: what is never written has nothing to lose.</summary>
    public static void Drop()
    {
        Result<byte[]> maps = Sys.ReadFile(new ByteText("/proc/self/maps"u8));
        if (maps.Failed) { return; }
        ReadOnlySpan<byte> text = maps.Value;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            if (line.IndexOf(" r-xp "u8) < 0 || !line.Contains((byte)'/')) { continue; }
            int dash = line.IndexOf((byte)'-');
            if (Utf8Parser.TryParse(line[..dash], out ulong from, out _, 'x') && Utf8Parser.TryParse(line[(dash + 1)..], out ulong to, out _, 'x'))
            {
                _ = LibC.syscall(LibC.IsArm64 ? 233 : 28, (nint)from, (nint)(to - from), MADV_DONTNEED);   // madvise
            }
        }
    }
}
