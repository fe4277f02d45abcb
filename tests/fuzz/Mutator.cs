namespace SysMaster.Fuzz.Tests;

/// <summary>Breaks an input in the ways that break parsers: flipped bits, cut ends, doubled and exchanged pieces, pieces of another input, and what means something here.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> words)
{
    private const int Longest = 64 * 1024;

    public byte[] Break(byte[] input, byte[] other)
    {
        byte[] broken = input;
        for (int n = 1 + random.Next(6); n > 0; n--) { broken = Once(broken, other); }
        return broken.Length <= Longest ? broken : broken[..Longest];
    }

    private byte[] Once(byte[] input, byte[] other)
    {
        int at = random.Next(input.Length + 1), length = Math.Min(input.Length - at, 1 << random.Next(8));
        ReadOnlySpan<byte> before = input.AsSpan(0, at), piece = input.AsSpan(at, length), after = input.AsSpan(at + length);
        return random.Next(9) switch
        {
            0 => [.. before, .. after],
            1 => [.. before, .. piece, .. piece, .. after],
            2 => [.. before],
            3 => [.. after, .. piece, .. before],
            4 => [.. before, .. words[random.Next(words.Count)], .. after],
            5 => [.. before, .. words[random.Next(words.Count)], .. piece, .. after],
            6 => [.. before, .. other.AsSpan(random.Next(other.Length + 1)), .. after],
            7 when length > 0 => [.. before, (byte)random.Next(256), .. piece[1..], .. after],
            _ when length > 0 => [.. before, (byte)(piece[0] ^ (1 << random.Next(8))), .. piece[1..], .. after],
            _ => [.. input, (byte)random.Next(256)],
        };
    }
}
