using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Spawn.Pid1;

/// <summary>A vector of C strings, as execve(2) takes it: bytes as they came, held in native memory for as long as init lives.</summary>
public sealed unsafe class Words
{
    public const int Max = 1024;

    public readonly byte** Vector = (byte**)NativeMemory.AllocZeroed(Max + 1, (nuint)sizeof(byte*));

    public int Count { get; private set; }

    /// <summary>One word, for a start.</summary>
    public static Words Of(ReadOnlySpan<byte> word)
    {
        var words = new Words();
        words.Add(word);
        return words;
    }

    /// <summary>From NUL-ended words, as /proc/self/cmdline and environ have them; empty when there is no /proc.</summary>
    public static Words FromProc(ReadOnlySpan<byte> path)
    {
        var words = new Words();
        Result<byte[]> file = Sys.ReadFile(path, 1 << 20);
        if (file.Failed) { return words; }
        ReadOnlySpan<byte> rest = file.Value;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)0);
            if (end < 0) { end = rest.Length; }
            words.Add(rest[..end]);
            rest = rest[Math.Min(end + 1, rest.Length)..];
        }
        return words;
    }

    public void Add(ReadOnlySpan<byte> word)
    {
        if (Count == Max) { return; }
        byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)word.Length + 1);
        word.CopyTo(new Span<byte>(copy, word.Length));
        Vector[Count++] = copy;
    }

    public ReadOnlySpan<byte> this[int i] => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(Vector[i]);

    public bool Contains(ReadOnlySpan<byte> word)
    {
        for (int i = 0; i < Count; i++) { if (this[i].SequenceEqual(word)) { return true; } }
        return false;
    }

    public bool HasVariable(ReadOnlySpan<byte> nameAndEquals)
    {
        for (int i = 0; i < Count; i++) { if (this[i].StartsWith(nameAndEquals)) { return true; } }
        return false;
    }
}
