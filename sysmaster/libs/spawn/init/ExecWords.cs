using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Spawn.Init;

/// <summary>The payload of <see cref="InitMessageKind.Exec"/>: NUL-ended words, the path, argv, environment.</summary>
public static unsafe class ExecWords
{
    /// <summary>Pointers that <see cref="Read"/> needs room for.</summary>
    public const int MaxPointers = InitProtocol.MaxExecWords + 3;

    /// <returns>Bytes written, 0 when it does not fit.</returns>
    public static int Write(Span<byte> payload, ByteText path, ReadOnlySpan<ByteText> argv, ReadOnlySpan<ByteText> environment)
    {
        if (argv.IsEmpty || argv.Length + environment.Length > InitProtocol.MaxExecWords) { return 0; }
        int used = 0;
        bool fits = Append(payload, ref used, path);
        foreach (ByteText word in argv) { fits = fits && Append(payload, ref used, word); }
        foreach (ByteText word in environment) { fits = fits && Append(payload, ref used, word); }
        return fits ? used : 0;
    }

    /// <summary>Points into a payload that ends with a NUL: [0] the path, argv from [1] and its null, then the environment and its null.</summary>
    /// <returns>False when the words are not there.</returns>
    public static bool Read(byte* payload, int length, int argc, int envc, byte** pointers)
    {
        if (argc < 1 || envc < 0 || argc + envc > InitProtocol.MaxExecWords) { return false; }
        byte* at = payload, end = payload + length;
        for (int i = 0; i < argc + envc + 1; i++)
        {
            if (at >= end) { return false; }
            pointers[i < argc + 1 ? i : i + 1] = at;
            at += MemoryMarshal.CreateReadOnlySpanFromNullTerminated(at).Length + 1;
        }
        pointers[argc + 1] = null;
        pointers[argc + envc + 2] = null;
        return true;
    }

    private static bool Append(Span<byte> payload, ref int used, ByteText word)
    {
        ReadOnlySpan<byte> bytes = word.CString;
        if (bytes.Length > payload.Length - used) { return false; }
        bytes.CopyTo(payload[used..]);
        used += bytes.Length;
        return true;
    }
}
