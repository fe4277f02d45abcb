using System.Buffers.Text;

namespace SysMaster.Cgroups;

/// <summary>Sums of io.stat over all devices.</summary>
/// <param name="ReadBytes">rbytes</param>
/// <param name="WriteBytes">wbytes</param>
/// <param name="ReadOperations">rios</param>
/// <param name="WriteOperations">wios</param>
public readonly record struct IoReading(ulong ReadBytes, ulong WriteBytes, ulong ReadOperations, ulong WriteOperations)
{
    public static IoReading Parse(ReadOnlySpan<byte> text)
        => new(Sum(text, " rbytes="u8), Sum(text, " wbytes="u8), Sum(text, " rios="u8), Sum(text, " wios="u8));

    private static ulong Sum(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        ulong sum = 0;
        for (int at = text.IndexOf(key); at >= 0; at = text.IndexOf(key))
        {
            text = text[(at + key.Length)..];
            if (Utf8Parser.TryParse(text, out ulong value, out _)) { sum += value; }
        }
        return sum;
    }
}
