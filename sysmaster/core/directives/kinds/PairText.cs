using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

internal static class PairText
{
    /// <summary>One part of a colon-separated word: colons and backslashes in it are escaped.</summary>
    public static void Part(scoped ReadOnlySpan<byte> text, ref ByteBuilder to)
    {
        foreach (byte c in text)
        {
            if (c is (byte)':' or (byte)'\\')
                to.Append((byte)'\\');
            to.Append(c);
        }
    }
}
