using System.Buffers.Text;

namespace SysMaster.Linux;

/// <summary>
/// Gives the mappings of program text and constants back to the page cache: a program that waits needs a few pages of them only, and those
/// come back when they are touched. docs/decisions/0003-executor.md and 0007-memory.md have the figures.
/// </summary>
public static unsafe class FilePages
{
    private const int Most = 64;
    private const int BufferSize = 8192;

    /// <summary>
    /// Only read-only mappings of files in which no page was ever written ("Anonymous: 0 kB"): relocated data would be lost. The calls come
    /// last, after all reading, since whatever runs between them would bring its pages back. Allocates nothing. proc(5), madvise(2).
    /// </summary>
    public static void GiveBack()
    {
        nuint* starts = stackalloc nuint[Most];
        nuint* lengths = stackalloc nuint[Most];
        int count = Find(starts, lengths);
        for (int i = 0; i < count; i++) { _ = LibC.madvise((void*)starts[i], lengths[i], LibC.MADV_DONTNEED); }
    }

    private static int Find(nuint* starts, nuint* lengths)
    {
        int fd;
        fixed (byte* path = "/proc/self/smaps"u8) { fd = LibC.openat(LibC.AT_FDCWD, path, LibC.O_RDONLY | LibC.O_CLOEXEC, 0); }
        if (fd < 0) { return 0; }
        byte* buffer = stackalloc byte[BufferSize];
        int count = 0, kept = 0;
        nuint start = 0, end = 0;
        nint n;
        while ((n = LibC.read(fd, buffer + kept, (nuint)(BufferSize - kept))) > 0)
        {
            var text = new ReadOnlySpan<byte>(buffer, kept + (int)n);
            for (int length; (length = text.IndexOf((byte)'\n')) >= 0; text = text[(length + 1)..])
            {
                ReadOnlySpan<byte> line = text[..length];
                if (line.IsEmpty) { continue; }
                if (line[0] is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f') { ReadMapping(line, out start, out end); }
                else if (start != 0 && count < Most && line.StartsWith("Anonymous:"u8) && line.EndsWith(" 0 kB"u8))
                {
                    starts[count] = start;
                    lengths[count++] = end - start;
                }
            }
            kept = text.Length < BufferSize ? text.Length : 0;   // no line is that long
            text[..kept].CopyTo(new Span<byte>(buffer, kept));
        }
        _ = LibC.close(fd);
        return count;
    }

    /// <summary>"from-to perms offset device inode path"; zero for one that is not a read-only file mapping.</summary>
    private static void ReadMapping(ReadOnlySpan<byte> line, out nuint start, out nuint end)
    {
        start = end = 0;
        bool readOnly = line.IndexOf(" r-xp "u8) > 0 || line.IndexOf(" r--p "u8) > 0;
        int dash = line.IndexOf((byte)'-');
        if (!readOnly || !line.Contains((byte)'/')) { return; }
        if (!Utf8Parser.TryParse(line[..dash], out ulong from, out _, 'x') || !Utf8Parser.TryParse(line[(dash + 1)..], out ulong to, out _, 'x')) { return; }
        start = (nuint)from;
        end = (nuint)to;
    }
}
